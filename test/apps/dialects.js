/** The path syntax of Express 4 and router 1 (path-to-regexp 0.1), and of Express 5 and router 2 (path-to-regexp 8). */
module.exports = {
  4: {
    wildcard: '*',
    optional: (name) => `/:${name}?`,
    digits: (name) => `/:${name}(\\d+)`,
  },
  5: {
    wildcard: '*rest',
    optional: (name) => `{/:${name}}`,
    digits: (name) => `/:${name}`,
  },
}
