import type { Assets } from './assets.ts'
import type { FileShelf } from './files.ts'
import type { Route } from './http.ts'
import type { Room } from './room.ts'
import type { Simulator } from './simulate.ts'
import { benchRoutes } from './web-bench.ts'
import { chatRoutes } from './web-chat.ts'
import { demonstrationRoutes } from './web-demonstration.ts'
import { pageRoutes } from './web-pages.ts'

export interface Web {
  room: Room
  assets: Assets
  simulator: Simulator
  files: FileShelf
}

export function webRoutes(web: Web): Route[] {
  return [...pageRoutes(web), ...chatRoutes(web), ...demonstrationRoutes(web), ...benchRoutes(web.room)]
}
