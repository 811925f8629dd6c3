// API keys.
import { get, live, post, remove } from './api.js'
import { acting, confirmed, h, time } from './dom.js'

const scopes = ['read', 'send', 'manage', 'admin']

export function keys(content, signal, session) {
  const list = h('div')
  const made = h('div', { role: 'status' })
  const name = h('input', { id: 'new-key', placeholder: 'what it is for', maxlength: 64 })
  const boxes = scopes.map(scope => h('input', { type: 'checkbox', id: `scope-${scope}`, checked: scope === 'read' || scope === 'send', value: scope }))
  content.replaceChildren(
    h(
      'div.page',
      {},
      h('div.row', {}, h('h1.grow', {}, 'API keys')),
      h(
        'form.card.row',
        {
          onsubmit: acting(async () => {
            const wanted = boxes.filter(box => box.checked).map(box => box.value)
            const answer = await post('/v1/keys', { name: name.value, scopes: wanted })
            name.value = ''
            made.replaceChildren(h('div.card', {}, h('p', {}, 'The new key, shown this once:'), h('code', {}, answer.key)))
            refresh()
          }),
        },
        h('label', { for: 'new-key' }, 'New key'),
        h('div.grow', {}, name),
        scopes.map((scope, i) => h('span', {}, h('label.row', { for: `scope-${scope}` }, fitted(boxes[i]), scope))),
        h('button.main', {}, 'Make')
      ),
      made,
      list
    )
  )
  let before = ''
  const refresh = live(
    signal,
    async () => {
      const { keys: all } = await get('/v1/keys')
      const now = JSON.stringify(all)
      if (now === before) return
      before = now
      list.replaceChildren(...all.map(key => card(key, key.id === session.keyId, () => refresh())))
    },
    5000
  )
}

function fitted(box) {
  box.style.width = 'auto'
  return box
}

function card(key, own, refresh) {
  return h(
    'section.card.row',
    { 'aria-label': key.name || key.id },
    h(
      'div.grow',
      {},
      h('h2', {}, key.name || key.id, own && h('span.quiet.small', {}, ' (yours)')),
      h(
        'div.small.quiet',
        {},
        `${key.scopes.join(', ')}; ${key.accounts ? key.accounts.join(', ') : 'all accounts'}; made ${time(key.createdAt)}` +
          `${key.lastUsedAt ? `, last used ${time(key.lastUsedAt)}` : ', never used'}${key.expiresAt ? `, until ${time(key.expiresAt)}` : ''}`
      )
    ),
    h(
      'button.danger',
      {
        onclick: acting(async () => {
          if (await confirmed(`Revoke ${key.name || key.id}? Whoever uses it is shut out at once.`, 'Revoke')) await remove(`/v1/keys/${encodeURIComponent(key.id)}`)
          refresh()
        }),
      },
      'Revoke'
    )
  )
}
