export default {
  test: {
    include: ['users.spec.mjs'],
    testTimeout: 120_000,
    provide: { connections: JSON.parse(process.env.CONNECTIONS) },
  },
};
