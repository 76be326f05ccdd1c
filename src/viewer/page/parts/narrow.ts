import { useEffect, useState } from 'preact/hooks'

const narrow = matchMedia('(max-width: 700px)')

/** Whether the page is as narrow as on a phone. The style sheets ask for the same width. */
export function useIsNarrow(): boolean {
  const [isNarrow, setNarrow] = useState(narrow.matches)
  useEffect(() => {
    const follow = () => setNarrow(narrow.matches)
    narrow.addEventListener('change', follow)
    return () => narrow.removeEventListener('change', follow)
  }, [])
  return isNarrow
}
