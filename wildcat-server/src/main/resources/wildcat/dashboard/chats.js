// The chats of one account: who, what was said, and an answer.
import { get, live, post } from './api.js'
import { acting, h, time } from './dom.js'

const shownName = chat => chat.replace(/@s\.whatsapp\.net$/, '').replace(/^(\d{5,})$/, '+$1')

export function chats(content, signal, session, account, chatId) {
  const of = `/accounts/${encodeURIComponent(account)}`
  const list = h('div')
  const state = h('span.status.small')
  const to = h('input', { id: 'new-chat', placeholder: 'phone number', 'aria-label': 'Phone number of a new chat', inputmode: 'tel' })
  const talk = h('section.card.talk', { 'aria-label': 'Chat' })
  const open = chat => (location.hash = `#/accounts/${encodeURIComponent(account)}/${encodeURIComponent(chat)}`)
  content.replaceChildren(
    h(
      chatId ? 'div.chat-app.open' : 'div.chat-app',
      {},
      h(
        'div.chat-list',
        {},
        h('div.row', {}, h('h1.grow.cut', {}, account), state),
        h(
          'form.row',
          {
            onsubmit: event => {
              event.preventDefault()
              const digits = to.value.replace(/[^0-9]/g, '')
              if (digits) open(`${digits}@s.whatsapp.net`)
            },
          },
          h('div.grow', {}, to),
          h('button', {}, 'New chat')
        ),
        h('p'),
        list
      ),
      talk
    )
  )
  let before = ''
  live(signal, async () => {
    const [{ chats: all }, { account: view }] = await Promise.all([get(`${of}/chats`), get(`/v1${of}`)])
    state.className = `status small ${view.status}`
    state.textContent = view.status.replaceAll('_', ' ')
    const now = JSON.stringify(all)
    if (now === before) return
    before = now
    list.replaceChildren(
      ...(all.length === 0 ? [h('p.quiet', {}, 'Nothing was written yet.')] : all.map(chat => entry(chat, chat.chatId === chatId, open)))
    )
  })
  if (chatId) conversation(talk, signal, session, account, chatId)
  else talk.replaceChildren(h('p'), h('p.quiet.row', {}, 'Choose a chat.'))
}

function entry(chat, current, open) {
  const last = chat.lastMessage
  return h(
    'button',
    { 'aria-current': current && 'true', onclick: () => open(chat.chatId) },
    h('div.row', {}, h('strong.grow.cut', {}, shownName(chat.chatId)), h('span.quiet.small', {}, time(last.timestamp))),
    h('div.quiet.small.cut', {}, `${last.fromMe ? 'You: ' : ''}${last.text || last.type}`)
  )
}

function conversation(talk, signal, session, account, chatId) {
  const of = `/accounts/${encodeURIComponent(account)}`
  const bubbles = h('div.bubbles', { role: 'log', 'aria-label': 'Messages', tabindex: 0 })
  const text = h('textarea', {
    'aria-label': 'Message',
    placeholder: 'Message',
    maxlength: 65536,
    onkeydown: event => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault()
        form.requestSubmit()
      }
    },
  })
  const form = h(
    'form',
    {
      onsubmit: acting(async () => {
        const message = text.value
        if (message.trim() === '') return
        await post(`/v1${of}/messages`, { to: chatId, type: 'text', text: message })
        text.value = ''
        await refresh()
        text.focus()
      }),
    },
    text,
    h('button.main', {}, 'Send')
  )
  talk.replaceChildren(
    h(
      'div.row',
      {},
      h('button.only-narrow', { 'aria-label': 'Back to all chats', onclick: () => (location.hash = `#/accounts/${encodeURIComponent(account)}`) }, '←'),
      h('h2.grow.cut', {}, shownName(chatId))
    ),
    bubbles,
    session.scopes.includes('send') || session.scopes.includes('admin') ? form : h('p.quiet.row', {}, 'This key may only read.')
  )
  let before = ''
  const refresh = live(
    signal,
    async () => {
      const { messages } = await get(`${of}/chats/${encodeURIComponent(chatId)}/messages?limit=100`)
      const now = JSON.stringify(messages.map(m => [m.messageId, m.status, m.text]))
      if (now === before) return
      const atEnd = bubbles.scrollHeight - bubbles.scrollTop - bubbles.clientHeight < 60
      const first = before === ''
      before = now
      bubbles.replaceChildren(...messages.toSorted((a, b) => a.timestamp - b.timestamp).map(bubble))
      if (atEnd || first) bubbles.scrollTop = bubbles.scrollHeight
    },
    1500
  )
  text.focus()
}

const ticks = { pending: '…', failed: '! not sent', sent: '✓', delivered: '✓✓', read: '✓✓ read', played: '✓✓ played' }

function bubble(message) {
  return h(
    message.fromMe ? 'div.bubble.mine' : 'div.bubble',
    {},
    !message.fromMe && message.pushName && h('span.quiet.small', {}, message.pushName),
    message.text || h('em.quiet', {}, message.type.replaceAll('_', ' ')),
    h('span.quiet.small', {}, `${time(message.timestamp)}${message.fromMe ? ` ${ticks[message.status] ?? ''}` : ''}`)
  )
}
