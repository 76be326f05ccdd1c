/** Node puts this behind the head of an answer that waits for its turn, though it belongs in front of it. */
const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n'

/** What a client makes of the bytes that come: the answers to its requests, one after the other. */
export class Answers {
  /** The statuses of whole answers. */
  readonly statuses: number[] = []
  private text = ''
  /** Of the answer that is under way; `'chunked'`, or what is left of its length. */
  private body: 'none' | 'chunked' | number = 'none'
  private status = 0

  constructor(private readonly methods: readonly string[]) {}

  feed(text: string): void {
    this.text += text
    while (this.status === 0 ? this.readHead() : this.readBody());
  }

  /** The connection was closed in good order, which ends an answer of unknown length. */
  end(): void {
    if (this.status !== 0 && this.body === Number.POSITIVE_INFINITY) this.whole()
  }

  /** Answers whether there was a whole head. */
  private readHead(): boolean {
    const end = this.text.indexOf('\r\n\r\n')
    if (end === -1) return false
    const head = this.text.slice(0, end)
    this.text = this.text.slice(end + 4)
    const status = Number(head.slice(9, 12))
    if (status < 200) return true
    this.status = status
    this.body = this.bodyOf(head)
    return true
  }

  private bodyOf(head: string): typeof this.body {
    const isBare = this.status === 204 || this.status === 304 || this.methods[this.statuses.length] === 'HEAD'
    if (isBare) return 0
    if (/^transfer-encoding: chunked/im.test(head)) return 'chunked'
    const [, length] = /^content-length: (\d+)/im.exec(head) ?? []
    return length === undefined ? Number.POSITIVE_INFINITY : Number(length)
  }

  /** Answers whether the body has come to its end. */
  private readBody(): boolean {
    if (this.text.startsWith(CONTINUE)) this.text = this.text.slice(CONTINUE.length)
    if (this.body !== 0 && CONTINUE.startsWith(this.text)) return false
    if (this.body === 'chunked') return this.readChunk()
    const left = Number(this.body) - this.text.length
    this.text = left < 0 ? this.text.slice(Number(this.body)) : ''
    this.body = Math.max(left, 0)
    if (this.body > 0) return false
    this.whole()
    return true
  }

  private readChunk(): boolean {
    const [line, digits = ''] = /^([\da-f]+)\r\n/i.exec(this.text) ?? []
    if (line === undefined) return false
    const length = Number.parseInt(digits, 16)
    const end = line.length + length + 2
    if (this.text.length < end) return false
    this.text = this.text.slice(end)
    if (length === 0) this.whole()
    return true
  }

  private whole(): void {
    this.statuses.push(this.status)
    this.status = 0
  }
}
