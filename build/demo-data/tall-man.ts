/**
 * Look-alike generic names with the letters raised that tell them apart (after the ISMP and FDA lists of tall-man
 * lettering, in INN spelling). Display only: they differ from the name in case alone.
 */
const lookAlikes = `
predniSONE prednisoLONE methylPREDNISolone hydrOXYzine hydrALAZINE hydroCHLOROthiazide amLODIPine aMILoride buPROPion
busPIRone cefTRIAXone cefTAZIDime cefUROXime chlorproMAZINE clomiPRAMINE clomiFENE cloNIDine clonazePAM LORazepam
ALPRAZolam diazePAM cycloSERINE cicloSPORIN dilTIAZem dimenhyDRINATE diphenhydrAMINE DULoxetine FLUoxetine PARoxetine
ePHEDrine EPINEPHrine fentaNYL HYDROmorphone oxyCODONE glipiZIDE glibENCLAMIDE ISOtretinoin lamiVUDine lamoTRIgine
levETIRAcetam levoFLOXacin medroxyPROGESTERone metFORMIN metroNIDAZOLE niCARdipine NIFEdipine OXcarbazepine
carBAMazepine penicillAMINE PHENobarbital QUEtiapine OLANZapine RABEprazole risperiDONE ARIPiprazole rOPINIRole
sAXagliptin SITagliptin sulfADIAZINE sulfaSALAzine SUMAtriptan ZOLMitriptan tiZANidine traMADol traZODone
valACIclovir valGANciclovir zolPIDEM traNEXamic TOLterodine`;

const byName = new Map(
  lookAlikes
    .trim()
    .split(/\s+/)
    .map((tall) => [tall.toLowerCase(), tall]),
);

/** The generics' names joined by ' + ' in tall-man letters; '' when none of them is a look-alike. */
export function tallManOf(names: readonly string[]): string {
  const joined = names.join(' + ');
  const tall = joined.replace(/\p{L}+/gu, (word) => byName.get(word.toLowerCase()) ?? word);
  return tall === joined ? '' : tall;
}
