/** What is written in capitals among the words of names. */
const INITIALS = /\b(?:dns|fqdn|guid|id|ip|url|vm)\b/g;

/** The name of an entity as a label: `mediationFqdn` reads "Mediation FQDN". */
export function entityLabel(name: string): string {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase();
  const spelled = words.replace(INITIALS, (word) => word.toUpperCase());
  return spelled.charAt(0).toUpperCase() + spelled.slice(1);
}
