// Where events are posted to.
import { get, live, post, remove } from './api.js'
import { acting, confirmed, h, time } from './dom.js'

export function webhooks(content, signal) {
  const list = h('div')
  const made = h('div', { role: 'status' })
  const url = h('input', { id: 'new-webhook', type: 'url', placeholder: 'https://example.org/hook', required: true })
  content.replaceChildren(
    h(
      'div.page',
      {},
      h('div.row', {}, h('h1.grow', {}, 'Webhooks')),
      h(
        'form.card.row',
        {
          onsubmit: acting(async () => {
            const answer = await post('/v1/webhooks', { url: url.value })
            url.value = ''
            made.replaceChildren(
              h('div.card', {}, h('p', {}, 'The secret that signs its deliveries, shown this once:'), h('code', {}, answer.secret))
            )
            refresh()
          }),
        },
        h('label', { for: 'new-webhook' }, 'New webhook'),
        h('div.grow', {}, url),
        h('button.main', {}, 'Add')
      ),
      made,
      list
    )
  )
  let before = ''
  const refresh = live(signal, async () => {
    const { webhooks: all } = await get('/v1/webhooks')
    const now = JSON.stringify(all)
    if (now === before) return
    before = now
    list.replaceChildren(
      ...(all.length === 0 ? [h('p.quiet', {}, 'Nobody is told of anything yet.')] : all.map(webhook => card(webhook, () => refresh())))
    )
  })
}

function card(webhook, refresh) {
  const path = `/v1/webhooks/${encodeURIComponent(webhook.id)}`
  return h(
    'section.card.row',
    { 'aria-label': webhook.url },
    h(
      'div.grow',
      {},
      h('h2.cut', {}, webhook.url),
      h(
        'div.small',
        {},
        h(`span.status.${webhook.status}`, {}, webhook.status),
        h(
          'span.quiet',
          {},
          `, ${webhook.pending} waiting${webhook.events.length ? `, ${webhook.events.join(' ')}` : ', all events'}` +
            (webhook.failingSince ? `, failing since ${time(webhook.failingSince)}` : '') +
            (webhook.reason ? `: ${webhook.reason}` : '')
        )
      )
    ),
    webhook.status !== 'active' && h('button', { onclick: acting(async () => (await post(`${path}/enable`), refresh())) }, 'Use again'),
    h(
      'button.danger',
      {
        onclick: acting(async () => {
          if (await confirmed(`Remove ${webhook.url}? What it is still owed is dropped.`, 'Remove')) await remove(path)
          refresh()
        }),
      },
      'Remove'
    )
  )
}
