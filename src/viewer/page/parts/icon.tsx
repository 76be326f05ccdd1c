const paths = {
  auto: 'M8 2.25a5.75 5.75 0 1 0 0 11.5 5.75 5.75 0 0 0 0-11.5M8 2.5v11M8.5 5.5h4.7M8.5 8h5.2M8.5 10.5h4.7',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9 13 13M13 3l-1.1 1.1M4.1 11.9 3 13',
  moon: 'M13.5 9.6A5.75 5.75 0 0 1 6.4 2.5a5.75 5.75 0 1 0 7.1 7.1',
  keyboard:
    'M2.5 4h11a1 1 0 0 1 1 1v6a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1M4.2 6.6h.6M6.7 6.6h.6M9.2 6.6h.6M11.4 6.6h.6M5 9.4h6',
  copy: 'M6 5.5h6.5a1 1 0 0 1 1 1V13a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V6.5a1 1 0 0 1 1-1M11 5.5V3a1 1 0 0 0-1-1H3.5a1 1 0 0 0-1 1v6.5a1 1 0 0 0 1 1H5',
  done: 'm3 8.5 3.2 3.2L13 4.9',
  open: 'm4 6 4 4 4-4',
  closed: 'm6 4 4 4-4 4',
  back: 'M9.5 3.5 5 8l4.5 4.5',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.3 10.3l3.4 3.4',
  close: 'm4 4 8 8M12 4l-8 8',
  swap: 'M2.5 5.5h10M10 3l2.5 2.5L10 8M13.5 10.5h-10M6 8l-2.5 2.5L6 13',
} as const

/** A small drawing beside, or in place of, a word that says the same. */
export function Icon({ name }: { name: keyof typeof paths | 'logo' | 'error' }) {
  if (name === 'logo') return <Logo />
  if (name === 'error') return <ErrorSign />
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  )
}

function Logo() {
  return (
    <svg class="logo" viewBox="0 0 16 16" aria-hidden="true">
      <rect x="1" y="2.5" width="14" height="3" rx="1" />
      <rect x="3.5" y="6.5" width="8" height="3" rx="1" opacity="0.75" />
      <rect x="7" y="10.5" width="6.5" height="3" rx="1" opacity="0.5" />
    </svg>
  )
}

function ErrorSign() {
  return (
    <svg class="error-sign" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="8" cy="8" r="6.5" />
      <path d="M8 4.5v4.2M8 11.2v.1" />
    </svg>
  )
}
