declare module '@socialgouv/jours-feries' {
  /** The public holidays of a year, by their French names: midnights of this machine. */
  export default function joursFeries(year: number, options?: { alsace?: boolean }): Record<string, Date>
}
