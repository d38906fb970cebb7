import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** LibreOffice, where there is one: `SOFFICE_PATH`, or `soffice` on the path. `OFFICE_TESTS=required` wants it. */
export function officeFound(): string | null {
  const wanted = process.env.SOFFICE_PATH ?? 'soffice'
  const found = spawnSync(wanted, ['--version'], { encoding: 'utf8' }).status === 0
  if (!found && process.env.OFFICE_TESTS === 'required')
    throw new Error('LibreOffice is required and not found')
  return found ? wanted : null
}

export interface Pages {
  count: number
  /** What a reader sees, page after page, as it is laid out. */
  text: string
  /** Width and height of each page, in points. */
  sizes: { width: number; height: number }[]
}

/** Opens these Word files in LibreOffice and gives their pages, by name. */
export function pagesOf(office: string, files: Record<string, Buffer>): Record<string, Pages> {
  const folder = mkdtempSync(join(tmpdir(), 'ouverture-office-'))
  try {
    mkdirSync(join(folder, 'pdf'))
    for (const [name, body] of Object.entries(files)) writeFileSync(join(folder, `${name}.docx`), body)
    const profile = `-env:UserInstallation=file://${join(folder, 'profile')}`
    const inputs = Object.keys(files).map((name) => join(folder, `${name}.docx`))
    execFileSync(
      office,
      [profile, '--headless', '--convert-to', 'pdf', '--outdir', join(folder, 'pdf'), ...inputs],
      { stdio: 'pipe' },
    )
    return Object.fromEntries(
      Object.keys(files).map((name) => [name, pagesIn(join(folder, 'pdf', `${name}.pdf`))]),
    )
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function pagesIn(pdf: string): Pages {
  const told = execFileSync('pdfinfo', ['-f', '1', '-l', '999', pdf], { encoding: 'utf8' })
  const sizes = [...told.matchAll(/Page\s+\d+ size:\s+([\d.]+) x ([\d.]+)/gu)].map(([, width, height]) => ({
    width: Number(width),
    height: Number(height),
  }))
  return { count: sizes.length, sizes, text: execFileSync('pdftotext', [pdf, '-'], { encoding: 'utf8' }) }
}
