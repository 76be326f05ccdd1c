// Runs in the page: the texts that do not stand out from what is behind them, by WCAG's AA.
// https://www.w3.org/TR/WCAG21/#contrast-minimum
;(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const found = []
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement
    const text = walker.currentNode.data.trim()
    if (text === '' || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
    // What stands on a bar has it for a sibling: palette.test.ts looks at these.
    if (element.closest('option, noscript, :disabled, .length.inside') !== null) continue
    const style = getComputedStyle(element)
    const large = Number.parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 600
    const ratio = contrast(over(style.color, background(element)), background(element))
    if (ratio < (large ? 3 : 4.5)) found.push(`${text.slice(0, 40)} (${element.className}): ${ratio.toFixed(2)}`)
  }
  return [...new Set(found)]

  function background(element) {
    const layers = []
    for (let above = element; above !== null; above = above.parentElement)
      layers.unshift(getComputedStyle(above).backgroundColor)
    return layers.reduce((below, layer) => over(layer, below), 'rgb(255, 255, 255)')
  }

  function over(top, below) {
    canvas.fillStyle = below
    canvas.fillRect(0, 0, 1, 1)
    canvas.fillStyle = top
    canvas.fillRect(0, 0, 1, 1)
    return `rgb(${[...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).join(', ')})`
  }

  function contrast(one, other) {
    const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b)
    return (lighter + 0.05) / (darker + 0.05)
  }

  function luminance(colour) {
    const parts = colour.match(/\d+/g).map((part) => Number(part) / 255)
    const [red, green, blue] = parts.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
})()
