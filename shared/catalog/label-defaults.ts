/** The shelf label of a store that has made none of its own: 50 × 30 mm. */
export const shelfLabel = `label 50 x 30
text 2 1.5 "{name}" height 3.6 width 46 lines 2 bold
text 2 9.2 "{pack}" height 2.4 width 46
text 2 13.2 "{unitPrice}" height 2.3 width 22
text 22 11.8 "{price}" height 6 width 26 align end bold
code 2 19 "{code}" height 7
`;
