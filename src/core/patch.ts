import { z } from 'zod'

/** A JSON value. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** What to change in a tree of plain objects, leaf by leaf; arrays are leaves. */
export interface Patch {
  set: { path: string[]; value: Json }[]
  unset: string[][]
}

const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(json)]),
)

export const patch: z.ZodType<Patch> = z.object({
  set: z.array(z.object({ path: z.array(z.string()), value: json })),
  unset: z.array(z.array(z.string())),
})

/** The patch that turns `from` into `to`. */
export function patchBetween(from: Json, to: Json): Patch {
  const found: Patch = { set: [], unset: [] }
  compare(from, to, [], found)
  return found
}

/** A changed copy; parts that the patch does not name are shared with the original. */
export function applyPatch(target: Json, change: Patch): Json {
  const without = change.unset.reduce((tree, path) => withoutAt(tree, path), target)
  return change.set.reduce((tree, { path, value }) => withAt(tree, path, value), without)
}

export const isEmptyPatch = (change: Patch): boolean => change.set.length === 0 && change.unset.length === 0

function compare(from: Json, to: Json, path: string[], found: Patch): void {
  if (from === to) return
  if (!isTree(from) || !isTree(to)) {
    if (JSON.stringify(from) !== JSON.stringify(to)) found.set.push({ path, value: to })
    return
  }
  for (const key of Object.keys(from)) if (!Object.hasOwn(to, key)) found.unset.push([...path, key])
  for (const [key, value] of Object.entries(to)) {
    const before = Object.hasOwn(from, key) ? from[key] : undefined
    if (before === undefined) found.set.push({ path: [...path, key], value })
    else compare(before, value, [...path, key], found)
  }
}

function withAt(tree: Json, path: string[], value: Json): Json {
  const [key, ...rest] = path
  if (key === undefined) return value
  const branch = isTree(tree) ? tree : {}
  return { ...branch, [key]: withAt(Object.hasOwn(branch, key) ? (branch[key] ?? {}) : {}, rest, value) }
}

function withoutAt(tree: Json, path: string[]): Json {
  const [key, ...rest] = path
  if (key === undefined || !isTree(tree) || !Object.hasOwn(tree, key)) return tree
  if (rest.length > 0) return { ...tree, [key]: withoutAt(tree[key] ?? {}, rest) }
  const { [key]: _removed, ...kept } = tree
  return kept
}

const isTree = (value: Json): value is { [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
