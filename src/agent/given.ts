/**
 * A class that extends this one puts its private fields onto the object that it is given: a note that nobody else can
 * see, and that goes with the object, as in a `WeakMap`, at a tenth of the price. Proxies and frozen objects take it too.
 * Each kind of note is a class that is written out: those that a function makes cost as much as a `WeakMap`.
 */
export class Given {
  constructor(object: object) {
    // biome-ignore lint/correctness/noConstructorReturn: it is what the fields are put onto
    return object
  }
}
