export default {
  testEnvironment: 'node',
  testMatch: ['**/*.test.mjs'],
  transform: {}, // the tests are ES modules
};
