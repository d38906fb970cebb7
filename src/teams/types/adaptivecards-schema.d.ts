/**
 * Stands for the renderer's TypeScript sources, which the declarations of `adaptivecards-templating` point at: without
 * it the compiler reads and judges those sources as ours. `tsconfig.json` maps the name to this file.
 */
export interface IAdaptiveCard {
  type: 'AdaptiveCard'
  [property: string]: unknown
}
export type ICardElement = Record<string, unknown>
export type IAction = Record<string, unknown>
