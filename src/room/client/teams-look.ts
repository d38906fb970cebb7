import { HostConfig } from 'adaptivecards'
import teams from './teams-host-config-light.json'

/** Teams' published configuration. Two of its text colours are too pale to read; today's Teams darkens them too. */
const readable = { good: '#237b4b', warning: '#8a5a00' }

export const hostConfig = new HostConfig({
  ...teams,
  fontTypes: { ...teams.fontTypes, default: { ...teams.fontTypes.default, fontFamily: 'inherit' } },
  containerStyles: Object.fromEntries(
    Object.entries(teams.containerStyles).map(([name, style]) => [name, withReadableText(style)]),
  ),
})

function withReadableText<Style extends { foregroundColors: object }>(style: Style) {
  const colours = Object.entries(readable).map(([name, colour]) => [
    name,
    { default: colour, subtle: colour },
  ])
  return { ...style, foregroundColors: { ...style.foregroundColors, ...Object.fromEntries(colours) } }
}
