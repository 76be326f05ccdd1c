// A world in which somebody has put properties of their own, which POLLUTION says, onto all objects.
Object.assign(Object.prototype, JSON.parse(process.env.POLLUTION))
