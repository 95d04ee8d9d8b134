/**
 * Real international nonproprietary names with strengths and forms as they are usual. One a line:
 * `name | class | price of a usual pack in cents | presentations`. Class: g general, p pharmacist, r prescription,
 * c controlled. A presentation is `form strengths xSizes`; sizes of closed containers are words (`100 ml`). A fixed
 * combination joins its names with ` + ` and its strengths with `/`. Prices are of the right order, and invented.
 */
export const genericsA = `
paracetamol | g | 218 | tab 500 mg,1 g x8,16; cap 500 mg x16; eff 500 mg,1 g x8,16; sol 2.4 % x100 ml; supp 100 mg,150 mg,200 mg,300 mg x10; sach 500 mg x12; odt 500 mg x16
paracetamol + codeine | r | 314 | tab 400 mg/20 mg,500 mg/30 mg x16; eff 500 mg/30 mg x16
paracetamol + caffeine | g | 590 | tab 500 mg/50 mg,500 mg/65 mg x16,20
ibuprofen | g | 420 | fct 200 mg,400 mg x12,20,30; susp 20 mg/ml x150 ml,200 ml; gel 5 % x50 g,100 g; cap 200 mg,400 mg x10,20
acetylsalicylic acid | g | 285 | tab 500 mg x20; gr 75 mg,100 mg x30,90; eff 500 mg,1 g x20; sach 75 mg,100 mg,160 mg,300 mg x30
ketoprofen | r | 380 | cap 50 mg x24; mr 200 mg x14; gel 2.5 % x60 g,120 g; supp 100 mg x12
diclofenac | r | 395 | gr 25 mg,50 mg x20,30; mr 75 mg,100 mg x15,30; gel 1 % x50 g,100 g; patch 140 mg x5,10
naproxen | r | 410 | tab 250 mg,500 mg,550 mg x16,30
celecoxib | r | 920 | cap 100 mg,200 mg x10,30
etoricoxib | r | 1180 | fct 30 mg,60 mg,90 mg x7,28
meloxicam | r | 460 | tab 7.5 mg,15 mg x14,28
piroxicam | r | 430 | cap 10 mg,20 mg x15; gel 0.5 % x50 g
nefopam | r | 390 | tab 30 mg x20; amp 20 mg x5
tramadol | r | 340 | cap 50 mg x20,30; mr 100 mg,150 mg,200 mg x30; drops 100 mg/ml x10 ml
tramadol + paracetamol | r | 360 | fct 37.5 mg/325 mg x20
codeine | r | 420 | tab 30 mg x20,30; syr 1 mg/ml x200 ml
morphine | c | 690 | mr 10 mg,30 mg,60 mg,100 mg x14; sol 10 mg/5 ml x100 ml; amp 10 mg x10
oxycodone | c | 980 | mr 5 mg,10 mg,20 mg,40 mg x28; cap 5 mg,10 mg x14
hydromorphone | c | 1740 | mrc 4 mg,8 mg,16 mg x14
fentanyl | c | 2350 | patch 12 micrograms/h,25 micrograms/h,50 micrograms/h x5; subl 100 micrograms,200 micrograms x10
buprenorphine | r | 890 | subl 2 mg,8 mg x7; patch 5 micrograms/h,10 micrograms/h x4
methadone | c | 1120 | cap 5 mg,10 mg,40 mg x7; syr 1 mg/ml x20 ml
naloxone | r | 3400 | nas 1.8 mg x2 doses
sumatriptan | r | 1260 | fct 50 mg,100 mg x6,12; nas 20 mg x2 doses
zolmitriptan | r | 1340 | odt 2.5 mg x6,12
rizatriptan | r | 1290 | odt 5 mg,10 mg x6,12
eletriptan | r | 1420 | fct 20 mg,40 mg x6
dexpanthenol | g | 690 | cream 5 % x50 ml,100 ml; eye 2 % x10 ml
amoxicillin | r | 410 | cap 500 mg x12,24; sach 1 g x14; susp 250 mg/5 ml,500 mg/5 ml x60 ml; vial 1 g x10
amoxicillin + clavulanic acid | r | 780 | fct 500 mg/62.5 mg,875 mg/125 mg x12,16; sach 1 g/125 mg x8,12; susp 100 mg/12.5 mg/ml x60 ml
phenoxymethylpenicillin | r | 520 | tab 1000000 IU x12,24
cloxacillin | r | 640 | cap 500 mg x16
cefalexin | r | 590 | cap 500 mg x12
cefadroxil | r | 640 | cap 500 mg x12
cefuroxime | r | 870 | fct 250 mg,500 mg x8,10
cefpodoxime | r | 940 | fct 100 mg x10; susp 40 mg/5 ml x100 ml
cefixime | r | 960 | fct 200 mg x8; susp 40 mg/5 ml x40 ml
ceftriaxone | r | 1180 | vial 1 g,2 g x1,10
ceftazidime | r | 1950 | vial 1 g,2 g x1
azithromycin | r | 720 | fct 250 mg x6; fct 500 mg x3; susp 40 mg/ml x15 ml
clarithromycin | r | 890 | fct 250 mg,500 mg x10,14; susp 25 mg/ml x100 ml
erythromycin | r | 640 | tab 500 mg x20; gel 4 % x30 g; lot 4 % x100 ml
roxithromycin | r | 660 | fct 150 mg x10
clindamycin | r | 880 | cap 300 mg x16
pristinamycin | r | 1490 | fct 500 mg x16
doxycycline | r | 430 | tab 100 mg x5,15,28
minocycline | r | 960 | cap 50 mg,100 mg x15,30
ciprofloxacin | r | 780 | fct 250 mg,500 mg x10,12; ear 0.2 % x15 doses
levofloxacin | r | 990 | fct 500 mg x5,10
ofloxacin | r | 810 | fct 200 mg x10; eye 0.3 % x5 ml; ear 1.5 mg x20 doses
norfloxacin | r | 690 | fct 400 mg x10
moxifloxacin | r | 1280 | fct 400 mg x5,7
nitrofurantoin | r | 540 | cap 50 mg,100 mg x21
fosfomycin | r | 520 | sach 3 g x1
pivmecillinam | r | 790 | fct 200 mg,400 mg x10,15
sulfamethoxazole + trimethoprim | r | 330 | tab 400 mg/80 mg,800 mg/160 mg x10,20
sulfadiazine | r | 1270 | tab 500 mg x20; cream 1 % x50 g
sulfasalazine | r | 990 | gr 500 mg x100
metronidazole | r | 360 | fct 250 mg,500 mg x14,20; susp 125 mg/5 ml x120 ml; gel 0.75 % x30 g
fusidic acid | r | 540 | cream 2 % x15 g; oint 2 % x15 g
mupirocin | r | 510 | oint 2 % x15 g
rifampicin | r | 1370 | cap 300 mg x30
isoniazid | r | 780 | tab 50 mg,150 mg x30
aciclovir | r | 690 | tab 200 mg,400 mg,800 mg x25,35; cream 5 % x10 g
aciclovir | p | 540 | cream 5 % x2 g
valaciclovir | r | 1430 | fct 500 mg x10,30,42
valganciclovir | r | 28900 | fct 450 mg x60
oseltamivir | r | 1880 | cap 30 mg,45 mg,75 mg x10
lamivudine | r | 4900 | fct 100 mg,150 mg x28,60
zidovudine | r | 7800 | cap 100 mg x100
lamotrigine | r | 1190 | tab 25 mg,50 mg,100 mg,200 mg x30
tenofovir disoproxil | r | 8700 | fct 245 mg x30
fluconazole | r | 760 | cap 50 mg,100 mg,200 mg x7,10; cap 150 mg x1
itraconazole | r | 1560 | cap 100 mg x15,30
terbinafine | r | 1250 | tab 250 mg x14,28; cream 1 % x15 g
econazole | g | 490 | cream 1 % x30 g; pess 150 mg x3,6; lot 1 % x30 g
clotrimazole | g | 470 | cream 1 % x20 g,30 g; pess 500 mg x1
miconazole | p | 610 | gel 2 % x40 g; pess 400 mg x3
nystatin | r | 450 | susp 100000 IU/ml x24 ml,30 ml
amphotericin b | r | 1240 | susp 100 mg/ml x40 ml
ivermectin | r | 1680 | tab 3 mg x4,8
albendazole | r | 560 | tab 400 mg x1
mebendazole | p | 430 | tab 100 mg x6; susp 20 mg/ml x30 ml
hydroxychloroquine | r | 610 | fct 200 mg x30
atovaquone + proguanil | r | 2890 | fct 62.5 mg/25 mg,250 mg/100 mg x12
omeprazole | r | 480 | cap 10 mg,20 mg x14,28; cap 40 mg x28
omeprazole | p | 590 | gr 20 mg x7,14
esomeprazole | r | 640 | gr 20 mg,40 mg x14,28
esomeprazole | p | 690 | cap 20 mg x7,14
pantoprazole | r | 560 | gr 20 mg,40 mg x14,28
lansoprazole | r | 570 | cap 15 mg,30 mg x14,28; odt 15 mg,30 mg x28
rabeprazole | r | 690 | gr 10 mg,20 mg x14,28
famotidine | r | 620 | fct 20 mg,40 mg x30
sucralfate | r | 540 | sach 1 g x30; tab 1 g x30
misoprostol | r | 1820 | tab 200 micrograms x60
alginic acid + sodium bicarbonate | g | 560 | susp 50 mg/26.7 mg/ml x250 ml; sach 500 mg/267 mg x24; chew 250 mg/133.5 mg x24
aluminium hydroxide + magnesium hydroxide | g | 480 | susp 525 mg/600 mg x250 ml; chew 400 mg/400 mg x40
domperidone | r | 310 | tab 10 mg x20,40; susp 1 mg/ml x200 ml
metoclopramide | r | 290 | tab 10 mg x20,40; sol 1 mg/ml x200 ml
ondansetron | r | 2120 | fct 4 mg,8 mg x4,10; odt 4 mg,8 mg x4
dimenhydrinate | g | 540 | tab 50 mg x14
phloroglucinol | g | 380 | odt 80 mg,160 mg x10,30
trimebutine | r | 390 | fct 100 mg,200 mg x30,60
mebeverine | g | 640 | cap 100 mg,200 mg x30
loperamide | g | 360 | cap 2 mg x8,12,20; odt 2 mg x12
racecadotril | p | 620 | cap 100 mg x10,20; sach 10 mg,30 mg x16,30
diosmectite | g | 520 | sach 3 g x18,30,60
simeticone | g | 540 | chew 120 mg x30; drops 100 mg/ml x30 ml
macrogol 4000 | g | 490 | sach 4 g,10 g x10,20
lactulose | g | 470 | sol 66.5 % x200 ml; sach 10 g x20
bisacodyl | g | 430 | gr 5 mg x30; supp 10 mg x6
sodium picosulfate | g | 520 | drops 7.5 mg/ml x30 ml; tab 5 mg x20
mesalazine | r | 3650 | gr 500 mg,1 g x60; supp 500 mg,1 g x15,28
ursodeoxycholic acid | r | 1980 | tab 250 mg,500 mg x30,60
pancreatin | r | 1740 | cap 10000 IU,25000 IU x60,100
budesonide | r | 2180 | mrc 3 mg x45; nas 64 micrograms x120 doses; neb 0.5 mg,1 mg x20; dpi 200 micrograms,400 micrograms x100 doses
metformin | r | 260 | fct 500 mg,850 mg,1000 mg x30,90
gliclazide | r | 480 | mr 30 mg,60 mg x30,90
glimepiride | r | 520 | tab 1 mg,2 mg,3 mg,4 mg x30,90
glibenclamide | r | 340 | tab 2.5 mg,5 mg x100
glipizide | r | 330 | tab 5 mg x30,100
repaglinide | r | 790 | tab 0.5 mg,1 mg,2 mg x90
acarbose | r | 860 | tab 50 mg,100 mg x90
sitagliptin | r | 2280 | fct 50 mg,100 mg x28,30,90
saxagliptin | r | 3120 | fct 2.5 mg,5 mg x30
vildagliptin + metformin | r | 2190 | fct 50 mg/850 mg,50 mg/1000 mg x60
dapagliflozin | r | 3690 | fct 5 mg,10 mg x30
empagliflozin | r | 3790 | fct 10 mg,25 mg x30,90
liraglutide | r | 7100 | pen 6 mg/ml x2,3
dulaglutide | r | 8250 | pen 0.75 mg,1.5 mg x4
insulin glargine | r | 4600 | pen 100 units/ml,300 units/ml x3,5
insulin aspart | r | 3350 | pen 100 units/ml x5
insulin lispro | r | 3290 | pen 100 units/ml x5
glucagon | r | 2600 | pfs 1 mg x1
levothyroxine sodium | r | 240 | tab 25 micrograms,50 micrograms,75 micrograms,100 micrograms,125 micrograms,150 micrograms x30,90
carbimazole | r | 310 | tab 5 mg,20 mg x30,50
prednisone | r | 360 | tab 1 mg,5 mg,20 mg x20,30
prednisolone | r | 362 | odt 5 mg,20 mg x20,30; sol 1 mg/ml x60 ml; eff 5 mg,20 mg x20,30
methylprednisolone | r | 540 | tab 4 mg,16 mg x20,30; vial 40 mg,120 mg x1
betamethasone | r | 450 | tab 0.5 mg,2 mg x20,30; cream 0.05 % x15 g,30 g; drops 0.05 % x30 ml
dexamethasone | r | 890 | tab 4 mg,20 mg x20; eye 0.1 % x5 ml
hydrocortisone | r | 620 | tab 10 mg,20 mg x25,50; cream 1 % x15 g,30 g
desmopressin | r | 2240 | subl 60 micrograms,120 micrograms x30; nas 10 micrograms x60 doses
`;
