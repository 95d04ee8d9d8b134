import type { PackSizeRules } from '#shared/catalog/import-profile.ts';

/** The words of French pack labels, in the singular. What may be handed over singly is breakable. */
export const frenchPackSizes: PackSizeRules = {
  units: [
    { words: ['comprimé', 'comprime', 'cp'], unit: 'tablet', breakable: true },
    { words: ['gélule', 'gelule', 'capsule'], unit: 'capsule', breakable: true },
    { words: ['lyophilisat'], unit: 'lyophilisate', breakable: true },
    { words: ['suppositoire'], unit: 'suppository', breakable: true },
    { words: ['ovule'], unit: 'pessary', breakable: true },
    { words: ['pastille'], unit: 'lozenge', breakable: true },
    { words: ['gomme'], unit: 'gum', breakable: true },
    { words: ['pilule', 'granule', 'globule'], unit: 'pill', breakable: false },
    { words: ['dispositif'], unit: 'patch', breakable: true },
  ],
  containers: [
    {
      words: ['plaquette', 'film', 'boîte', 'étui', 'pilulier', 'bande', 'conditionnement'],
      unit: 'piece',
      breakable: false,
    },
    { words: ['flacon', 'bouteille', 'pot'], unit: 'bottle', breakable: false },
    { words: ['tube'], unit: 'tube', breakable: false },
    { words: ['ampoule'], unit: 'ampoule', breakable: true },
    { words: ['seringue', 'stylo', 'injecteur'], unit: 'syringe', breakable: false },
    { words: ['cartouche'], unit: 'cartridge', breakable: false },
    { words: ['récipient', 'unidose', 'dosette'], unit: 'single dose', breakable: true },
    { words: ['sachet'], unit: 'sachet', breakable: true },
    { words: ['poche'], unit: 'bag', breakable: false },
    { words: ['inhalateur', 'aérosol'], unit: 'inhaler', breakable: false },
  ],
  of: ['de', 'contenant'],
  times: ['x', '×'],
  accessory: ['avec'],
};
