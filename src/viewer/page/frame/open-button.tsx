import { useEffect, useRef, useState } from 'preact/hooks'
import { sendTraces } from '../api.js'
import { go } from '../place.js'

/** Takes in a file of Jaeger's JSON: chosen, or dropped anywhere on the page. */
export function OpenButton() {
  const input = useRef<HTMLInputElement>(null)
  const [problem, setProblem] = useState('')

  useEffect(() => {
    const allow = (event: DragEvent) => event.preventDefault()
    const drop = (event: DragEvent) => {
      event.preventDefault()
      open(event.dataTransfer?.files[0])
    }
    addEventListener('dragover', allow)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragover', allow)
      removeEventListener('drop', drop)
    }
  }, [])

  const open = async (file: File | undefined) => {
    if (file === undefined) return
    try {
      const [id, ...others] = await sendTraces(file)
      setProblem('')
      go(id !== undefined && others.length === 0 ? `/trace/${id}` : '/')
    } catch (error) {
      setProblem(`${file.name}: ${error instanceof Error ? error.message : error}`)
    }
  }
  return (
    <>
      {problem !== '' && <output class="error-text">{problem}</output>}
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        onChange={({ currentTarget }) => {
          open(currentTarget.files?.[0])
          currentTarget.value = ''
        }}
      />
      <button type="button" class="quiet" title="Open a trace saved as JSON" onClick={() => input.current?.click()}>
        Open …
      </button>
    </>
  )
}
