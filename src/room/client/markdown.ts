import MarkdownIt from 'markdown-it'

/** Teams' markdown, more or less: no HTML, links only where written as such, mentions by `<at>`. */
const markdown = new MarkdownIt({ html: false, linkify: false, breaks: true })

const mention = /^<at>(.*?)<\/at>/

markdown.inline.ruler.before('html_inline', 'mention', (state, silent) => {
  const found = mention.exec(state.src.slice(state.pos))
  if (!found) return false
  if (!silent) {
    const token = state.push('mention', 'span', 0)
    token.content = found[1] ?? ''
  }
  state.pos += found[0].length
  return true
})

markdown.renderer.rules.mention = (tokens, index) =>
  `<span class="mention">${markdown.utils.escapeHtml(tokens[index]?.content ?? '')}</span>`

markdown.renderer.rules.link_open = (tokens, index, options, _environment, renderer) => {
  tokens[index]?.attrSet('target', '_blank')
  tokens[index]?.attrSet('rel', 'noopener noreferrer')
  return renderer.renderToken(tokens, index, options)
}

export function markdownToHtml(text: string): string {
  return markdown.render(text)
}
