import type { CanvasHTMLAttributes } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useIsDark } from '../theme.js'

/** What a drawing is made with; sizes are CSS pixels. */
export interface Drawing {
  readonly context: CanvasRenderingContext2D
  readonly width: number
  readonly height: number
  /** The value of one of the page's colours, by its name in the style sheet. */
  colour(name: string): string
}

interface Props extends CanvasHTMLAttributes<HTMLCanvasElement> {
  readonly draw: (drawing: Drawing) => void
  readonly label: string
}

/** A canvas that fills its place, and draws itself anew when that, the theme or `draw` changes. */
export function Canvas(props: Props) {
  return <Surface key={useIsDark() ? 'dark' : 'light'} {...props} />
}

function Surface({ draw, label, ...attributes }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })

  useEffect(() => {
    const element = canvas.current
    if (element === null) return
    const observer = new ResizeObserver(() => setSize({ width: element.clientWidth, height: element.clientHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context || size.width === 0) return
    const { width, height } = size
    context.canvas.width = width * devicePixelRatio
    context.canvas.height = height * devicePixelRatio
    context.scale(devicePixelRatio, devicePixelRatio)
    const style = getComputedStyle(context.canvas)
    draw({ context, width, height, colour: (name) => style.getPropertyValue(`--${name}`) })
  }, [draw, size])

  return <canvas ref={canvas} role="img" aria-label={label} {...attributes} />
}
