// Makes elements. Text is always set as text, never as markup: what people write is shown, not run.

/** An element: h('p.quiet', { id: 'x', onclick: f }, 'text', other, [more]). */
export function h(what, attributes = {}, ...children) {
  const [tag, ...classes] = what.split('.')
  const element = document.createElement(tag)
  if (classes.length > 0) element.className = classes.join(' ')
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else if (name === 'value') element.value = value
    else element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.flat().filter(child => child !== undefined && child !== null && child !== false))
  return element
}

/** Tells something for a few seconds; screen readers hear it. */
export function notice(text, good = false) {
  document.querySelector('.notice')?.remove()
  const shown = h(good ? 'div.notice.good' : 'div.notice', { role: 'status' }, text)
  document.body.append(shown)
  setTimeout(() => shown.remove(), 6000)
}

/** Runs an action of a button: disables it meanwhile and tells what went wrong. */
export function acting(action) {
  return async event => {
    event.preventDefault()
    const button = event.submitter ?? event.currentTarget
    button.disabled = true
    try {
      await action(event)
    } catch (error) {
      notice(error.message)
    } finally {
      button.disabled = false
    }
  }
}

/** A dialog that asks before something that cannot be undone; resolves to whether it was confirmed. */
export function confirmed(question, action) {
  return new Promise(resolve => {
    const dialog = h(
      'dialog',
      { 'aria-label': action, onclose: () => (dialog.remove(), resolve(dialog.returnValue === 'yes')) },
      h('p', {}, question),
      h(
        'form.row',
        { method: 'dialog' },
        h('button.danger', { value: 'yes' }, action),
        h('button', { value: 'no', autofocus: true }, 'Cancel')
      )
    )
    document.body.append(dialog)
    dialog.showModal()
  })
}

export const time = value => {
  const date = new Date(typeof value === 'number' ? value * 1000 : value)
  const today = date.toDateString() === new Date().toDateString()
  return date.toLocaleString([], today ? { timeStyle: 'short' } : { dateStyle: 'short', timeStyle: 'short' })
}
