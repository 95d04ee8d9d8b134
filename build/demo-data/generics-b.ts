/** The second half of the list; generics-a.ts tells how a line is read. */
export const genericsB = `
amlodipine | r | 410 | cap 5 mg,10 mg x30,90; tab 5 mg,10 mg x30,90
amlodipine + valsartan | r | 980 | fct 5 mg/80 mg,5 mg/160 mg,10 mg/160 mg x30,90
nifedipine | r | 680 | mr 30 mg,60 mg x30
nicardipine | r | 520 | tab 20 mg x90; mrc 50 mg x60
lercanidipine | r | 620 | fct 10 mg,20 mg x30,90
diltiazem | r | 740 | tab 60 mg x30,90; mrc 200 mg,300 mg x28
verapamil | r | 590 | tab 40 mg,120 mg x30,90; mr 240 mg x30
perindopril | r | 690 | tab 2 mg,4 mg,8 mg x30,90
ramipril | r | 560 | tab 1.25 mg,2.5 mg,5 mg,10 mg x30,90
enalapril | r | 540 | tab 5 mg,20 mg x28,90
lisinopril | r | 530 | tab 5 mg,20 mg x28,90
captopril | r | 490 | tab 25 mg,50 mg x30,90
losartan | r | 680 | fct 50 mg,100 mg x28,84
valsartan | r | 690 | fct 40 mg,80 mg,160 mg x28,84
irbesartan | r | 680 | fct 75 mg,150 mg,300 mg x28,84
candesartan | r | 690 | tab 4 mg,8 mg,16 mg x28,84
telmisartan | r | 720 | tab 40 mg,80 mg x28,84
olmesartan | r | 780 | fct 10 mg,20 mg,40 mg x28,84
irbesartan + hydrochlorothiazide | r | 790 | fct 150 mg/12.5 mg,300 mg/12.5 mg,300 mg/25 mg x28,84
perindopril + indapamide | r | 890 | tab 2 mg/0.625 mg,4 mg/1.25 mg x30,90
sacubitril + valsartan | r | 9800 | fct 24 mg/26 mg,49 mg/51 mg,97 mg/103 mg x28,56
hydrochlorothiazide | r | 280 | tab 25 mg x30
indapamide | r | 430 | mr 1.5 mg x30,90
furosemide | r | 240 | tab 20 mg,40 mg x30,90
bumetanide | r | 320 | tab 1 mg,5 mg x30
spironolactone | r | 540 | fct 25 mg,50 mg,75 mg x30,90
eplerenone | r | 1780 | fct 25 mg,50 mg x30
amiloride | r | 260 | tab 5 mg x30
hydralazine | r | 780 | tab 25 mg,50 mg x100
clonidine | r | 390 | tab 0.15 mg x30
methyldopa | r | 460 | fct 250 mg,500 mg x30
bisoprolol | r | 420 | fct 1.25 mg,2.5 mg,5 mg,10 mg x30,90
atenolol | r | 390 | fct 50 mg,100 mg x28,90
metoprolol | r | 430 | tab 100 mg x30,90; mr 200 mg x28
nebivolol | r | 620 | tab 5 mg x28,90
propranolol | r | 350 | tab 40 mg x50; mrc 80 mg,160 mg x28
carvedilol | r | 610 | tab 6.25 mg,12.5 mg,25 mg x28,56
sotalol | r | 580 | tab 80 mg,160 mg x30,90
amiodarone | r | 790 | tab 200 mg x30
flecainide | r | 890 | tab 100 mg x30; mrc 50 mg,100 mg,150 mg x30
digoxin | r | 260 | tab 0.125 mg,0.25 mg x30
ivabradine | r | 2190 | fct 5 mg,7.5 mg x56
glyceryl trinitrate | p | 480 | patch 5 mg/24 h,10 mg/24 h x30; subl 0.3 mg x30
isosorbide dinitrate | r | 390 | tab 10 mg,20 mg x60,90
molsidomine | r | 430 | tab 2 mg,4 mg x30,90
trimetazidine | r | 620 | mr 35 mg x60
atorvastatin | r | 640 | fct 10 mg,20 mg,40 mg,80 mg x28,30,90
rosuvastatin | r | 720 | fct 5 mg,10 mg,20 mg x28,30,90
simvastatin | r | 560 | fct 10 mg,20 mg,40 mg x28,84
pravastatin | r | 540 | tab 10 mg,20 mg,40 mg x28,84
fluvastatin | r | 760 | mr 80 mg x28
ezetimibe | r | 1180 | tab 10 mg x28,90
ezetimibe + simvastatin | r | 1490 | tab 10 mg/20 mg,10 mg/40 mg x30,90
fenofibrate | r | 520 | cap 67 mg,200 mg x30,90; tab 145 mg,160 mg x30,90
colestyramine | r | 1080 | sach 4 g x50
clopidogrel | r | 790 | fct 75 mg x28,30,90
prasugrel | r | 2490 | fct 5 mg,10 mg x28
ticagrelor | r | 4980 | fct 60 mg,90 mg x56
apixaban | r | 5990 | fct 2.5 mg,5 mg x20,60
rivaroxaban | r | 5650 | fct 10 mg,15 mg,20 mg x10,28
dabigatran etexilate | r | 5750 | cap 75 mg,110 mg,150 mg x30,60
warfarin | r | 340 | tab 2 mg,5 mg x30
fluindione | r | 320 | tab 20 mg x20,30
enoxaparin sodium | r | 2390 | pfs 2000 IU,4000 IU,6000 IU,8000 IU x2,6,10
tinzaparin sodium | r | 3290 | pfs 3500 IU,4500 IU,10000 IU x2,10
tranexamic acid | r | 540 | fct 500 mg x20
ferrous sulfate | g | 420 | fct 80 mg x30,90
ferrous fumarate | g | 390 | tab 66 mg,200 mg x30,100
folic acid | g | 260 | tab 0.4 mg,5 mg x20,30,40
cyanocobalamin | g | 330 | tab 250 micrograms x24; amp 1000 micrograms x6
potassium chloride | r | 410 | mrc 600 mg x40,60; syr 1 g/15 ml x250 ml
colecalciferol | g | 290 | sol 100000 IU x1 dose,2 doses; drops 10000 IU/ml x10 ml; cap 1000 IU x30,60
calcium carbonate + colecalciferol | g | 620 | chew 500 mg/400 IU,600 mg/1000 IU x60,90
ascorbic acid | g | 540 | chew 500 mg x24,30; eff 500 mg,1 g x20
magnesium + pyridoxine | g | 640 | tab 48 mg/5 mg x50,60; sol 100 mg/10 mg x10 doses
zinc gluconate | g | 790 | cap 15 mg x30,60
alendronic acid | r | 1190 | tab 70 mg x4,12
risedronic acid | r | 1240 | fct 35 mg x4,12
denosumab | r | 17800 | pfs 60 mg x1
allopurinol | r | 310 | tab 100 mg,200 mg,300 mg x28,90
febuxostat | r | 1690 | fct 80 mg,120 mg x28
colchicine | r | 270 | tab 1 mg x15,20
methotrexate | r | 1480 | tab 2.5 mg,10 mg x12,24; pfs 10 mg,15 mg,20 mg x1,4
leflunomide | r | 2980 | fct 10 mg,20 mg x30
azathioprine | r | 1390 | fct 25 mg,50 mg x100
ciclosporin | r | 8900 | cap 25 mg,50 mg,100 mg x60
cycloserine | r | 9700 | cap 250 mg x100
tacrolimus | r | 9600 | cap 0.5 mg,1 mg,5 mg x60; oint 0.03 %,0.1 % x30 g
mycophenolate mofetil | r | 7900 | cap 250 mg x100; fct 500 mg x50
penicillamine | r | 2490 | tab 300 mg x30
tamoxifen | r | 1180 | tab 10 mg,20 mg x30
anastrozole | r | 3036 | fct 1 mg x30,90
letrozole | r | 3090 | fct 2.5 mg x30,90
bicalutamide | r | 4350 | fct 50 mg x30
capecitabine | r | 9800 | fct 150 mg,500 mg x60,120
finasteride | r | 1390 | fct 5 mg x28,90
tamsulosin | r | 690 | mrc 0.4 mg x30,90
alfuzosin | r | 740 | mr 10 mg x30,90
solifenacin | r | 1490 | fct 5 mg,10 mg x30,90
oxybutynin | r | 430 | tab 5 mg x60
tolterodine | r | 1180 | fct 1 mg,2 mg x28,56
sildenafil | r | 1980 | fct 25 mg,50 mg,100 mg x4,8,12
tadalafil | r | 2290 | fct 5 mg x28; fct 10 mg,20 mg x4,8
vardenafil | r | 2190 | fct 10 mg,20 mg x4,8
ethinylestradiol + levonorgestrel | r | 380 | tab 0.03 mg/0.15 mg,0.02 mg/0.1 mg x21,63
desogestrel | r | 890 | fct 0.075 mg x28,84
levonorgestrel | p | 690 | tab 1.5 mg x1
ulipristal | p | 1890 | tab 30 mg x1
medroxyprogesterone | r | 540 | tab 5 mg,10 mg x10,30; amp 150 mg x1
progesterone | r | 690 | cap 100 mg,200 mg x15,30,90
estradiol | r | 820 | gel 0.06 % x80 g; patch 25 micrograms/24 h,50 micrograms/24 h x8; tab 1 mg,2 mg x28
clomifene | r | 690 | tab 50 mg x5
cabergoline | r | 1890 | tab 0.5 mg x2,8
sertraline | r | 640 | cap 25 mg,50 mg x7,28,90
fluoxetine | r | 620 | cap 20 mg x14,28; sol 20 mg/5 ml x70 ml
paroxetine | r | 690 | fct 20 mg x14,28
duloxetine | r | 1290 | cap 30 mg,60 mg x7,28
escitalopram | r | 690 | fct 5 mg,10 mg,15 mg,20 mg x14,28,90
citalopram | r | 640 | fct 20 mg x28; drops 40 mg/ml x12 ml
venlafaxine | r | 790 | mrc 37.5 mg,75 mg,150 mg x30,90
mirtazapine | r | 690 | odt 15 mg,30 mg,45 mg x30
bupropion | r | 3890 | mr 150 mg x30,60
buspirone | r | 490 | tab 10 mg x30
trazodone | r | 880 | tab 50 mg,100 mg x30; mr 150 mg x28
amitriptyline | r | 360 | fct 25 mg,50 mg x60; drops 40 mg/ml x20 ml
clomipramine | r | 480 | tab 10 mg,25 mg,75 mg x20,60
alprazolam | r | 240 | tab 0.25 mg,0.5 mg x30
lorazepam | r | 250 | tab 1 mg,2.5 mg x30
bromazepam | r | 240 | tab 6 mg x30
diazepam | r | 250 | tab 2 mg,5 mg,10 mg x40; drops 1 % x20 ml
clonazepam | r | 310 | tab 2 mg x28; drops 2.5 mg/ml x20 ml
oxazepam | r | 250 | tab 10 mg,50 mg x30
zolpidem | c | 290 | fct 5 mg,10 mg x7,14,28
zopiclone | r | 270 | fct 3.75 mg,7.5 mg x5,14
hydroxyzine | r | 330 | fct 25 mg,100 mg x30; syr 2 mg/ml x200 ml
doxylamine | p | 490 | fct 15 mg x10,20
melatonin | r | 2390 | mr 2 mg x30
quetiapine | r | 2690 | fct 25 mg,100 mg,200 mg x30,60; mr 50 mg,300 mg x30
olanzapine | r | 2190 | tab 5 mg,7.5 mg,10 mg x28; odt 5 mg,10 mg x28
risperidone | r | 1890 | fct 1 mg,2 mg,4 mg x28,60; sol 1 mg/ml x60 ml
aripiprazole | r | 2790 | tab 5 mg,10 mg,15 mg x28
haloperidol | r | 480 | tab 1 mg,5 mg x40; drops 2 mg/ml x15 ml
chlorpromazine | r | 520 | tab 25 mg,100 mg x50
lithium carbonate | r | 490 | tab 250 mg x100; mr 400 mg x60
valproic acid | r | 790 | mr 500 mg x30; gr 200 mg,500 mg x40; syr 57.64 mg/ml x150 ml
levetiracetam | r | 1890 | fct 250 mg,500 mg,1000 mg x30,60; sol 100 mg/ml x300 ml
carbamazepine | r | 490 | tab 200 mg x50; mr 200 mg,400 mg x30
oxcarbazepine | r | 1290 | fct 150 mg,300 mg,600 mg x50
topiramate | r | 1490 | fct 25 mg,50 mg,100 mg x28,60
gabapentin | r | 890 | cap 100 mg,300 mg,400 mg x90; fct 600 mg,800 mg x90
pregabalin | r | 990 | cap 25 mg,75 mg,150 mg,300 mg x56,84
phenobarbital | r | 290 | tab 10 mg,50 mg,100 mg x30
levodopa + carbidopa | r | 1190 | tab 100 mg/10 mg,250 mg/25 mg x50,100
levodopa + benserazide | r | 1090 | cap 50 mg/12.5 mg,100 mg/25 mg x60
ropinirole | r | 1690 | fct 0.25 mg,1 mg,2 mg x21; mr 4 mg,8 mg x28
pramipexole | r | 1590 | tab 0.18 mg,0.7 mg x30,90
donepezil | r | 1490 | fct 5 mg,10 mg x28
memantine | r | 1890 | fct 10 mg,20 mg x28,56
baclofen | r | 410 | tab 10 mg x50
tizanidine | r | 1390 | tab 4 mg x30
thiocolchicoside | r | 340 | tab 4 mg x12,24
methylphenidate | c | 2190 | tab 10 mg x30; mr 18 mg,36 mg,54 mg x28
atomoxetine | r | 4900 | cap 18 mg,25 mg,40 mg x28
betahistine | r | 440 | tab 8 mg,24 mg x60,90
salbutamol | r | 420 | inh 100 micrograms x200 doses; neb 2.5 mg,5 mg x10,60
salmeterol | r | 2690 | inh 25 micrograms x120 doses
formoterol | r | 2490 | dpi 12 micrograms x60 doses
fluticasone | r | 1490 | nas 50 micrograms x120 doses; inh 50 micrograms,125 micrograms x120 doses
fluticasone + salmeterol | r | 3290 | dpi 100 micrograms/50 micrograms,250 micrograms/50 micrograms,500 micrograms/50 micrograms x60 doses
budesonide + formoterol | r | 3390 | dpi 100 micrograms/6 micrograms,200 micrograms/6 micrograms,400 micrograms/12 micrograms x120 doses
beclometasone | r | 1290 | inh 100 micrograms,250 micrograms x200 doses; nas 50 micrograms x200 doses
ipratropium bromide | r | 1590 | neb 0.25 mg,0.5 mg x10,30; inh 20 micrograms x200 doses
tiotropium | r | 3790 | dpi 18 micrograms x30 doses; inh 2.5 micrograms x60 doses
montelukast | r | 1090 | chew 4 mg,5 mg x28; fct 10 mg x28,90
terbutaline | r | 890 | dpi 500 micrograms x120 doses
acetylcysteine | g | 440 | sach 200 mg x18,30; eff 200 mg,600 mg x10,24
carbocisteine | g | 430 | syr 2 %,5 % x125 ml,200 ml
ambroxol | g | 420 | tab 30 mg x30; syr 0.6 % x150 ml
dextromethorphan | p | 490 | syr 1.5 mg/ml x125 ml,150 ml; cap 30 mg x10
pseudoephedrine + ibuprofen | p | 690 | fct 30 mg/200 mg x20
cetirizine | g | 420 | fct 10 mg x7,15,30; drops 10 mg/ml x15 ml
levocetirizine | r | 480 | fct 5 mg x14,28
loratadine | g | 430 | tab 10 mg x7,15,30
desloratadine | r | 520 | fct 5 mg x15,30; sol 0.5 mg/ml x150 ml
fexofenadine | r | 590 | fct 120 mg,180 mg x15,30
ebastine | r | 560 | fct 10 mg x30; odt 10 mg,20 mg x30
diphenhydramine | p | 520 | tab 50 mg x20; gel 2 % x20 g
xylometazoline | p | 490 | nas 0.05 %,0.1 % x10 ml
sodium cromoglicate | g | 590 | eye 2 % x10 ml,15 ml; sdu 2 % x10,30; nas 2 % x15 ml
mometasone | r | 820 | nas 50 micrograms x60 doses,140 doses; cream 0.1 % x30 g
hexamidine | g | 480 | lot 0.1 % x45 ml,250 ml; sdu 0.1 % x10
chlorhexidine | g | 390 | mouth 0.12 % x200 ml,300 ml; lot 0.5 % x125 ml,250 ml
povidone iodine | g | 450 | lot 4 %,10 % x125 ml,500 ml; mouth 10 % x125 ml; gel 10 % x30 g
flurbiprofen | g | 590 | loz 8.75 mg x16,24
lidocaine | p | 640 | gel 2 % x15 g,30 g; loz 1 mg,2 mg x24
lidocaine + prilocaine | r | 890 | cream 2.5 %/2.5 % x5 g,30 g
benzoyl peroxide | g | 720 | gel 2.5 %,5 %,10 % x40 g
adapalene | r | 690 | gel 0.1 % x30 g; cream 0.1 % x30 g
isotretinoin | r | 2190 | cap 5 mg,10 mg,20 mg,40 mg x30
tretinoin | r | 590 | cream 0.025 %,0.05 % x30 g
clobetasol | r | 420 | cream 0.05 % x10 g,30 g; oint 0.05 % x10 g
calcipotriol + betamethasone | r | 3390 | oint 50 micrograms/0.5 mg/g x30 g,60 g; gel 50 micrograms/0.5 mg/g x60 g
ketoconazole | g | 890 | lot 2 % x60 ml,120 ml
minoxidil | g | 1690 | lot 2 %,5 % x60 ml,180 ml
permethrin | g | 1290 | cream 5 % x30 g; lot 1 % x59 ml
latanoprost | r | 890 | eye 50 micrograms/ml x2.5 ml,7.5 ml; sdu 50 micrograms/ml x30,90
timolol | r | 420 | eye 0.25 %,0.5 % x3 ml,9 ml
dorzolamide + timolol | r | 1190 | eye 20 mg/5 mg/ml x5 ml,15 ml
brimonidine | r | 990 | eye 0.2 % x5 ml
tobramycin | r | 430 | eye 0.3 % x5 ml; oint 0.3 % x3.5 g
sodium hyaluronate | g | 990 | eye 0.18 % x10 ml; sdu 0.15 %,0.18 % x30,60
carbomer | g | 520 | gel 0.2 % x10 g; sdu 0.3 % x30
sodium chloride | g | 390 | sdu 0.9 % x20,40; neb 0.9 % x20; nas 0.9 % x100 ml; amp 0.9 % x10
nicotine | g | 1890 | patch 7 mg/24 h,14 mg/24 h,21 mg/24 h x7,28; gum 2 mg,4 mg x36,108; loz 1.5 mg,2 mg,4 mg x36,96
varenicline | r | 9900 | fct 0.5 mg,1 mg x28,56
epinephrine | r | 3690 | pen 150 micrograms,300 micrograms,500 micrograms x1,2
ephedrine | r | 2490 | amp 30 mg x10
troxerutin | g | 720 | sach 3.5 g x15,20; cap 300 mg x60
diosmin | g | 690 | fct 300 mg,600 mg x30,60
`;
