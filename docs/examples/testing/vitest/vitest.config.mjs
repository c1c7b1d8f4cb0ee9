export default { test: { environment: 'node', include: ['*.test.mjs'] } };
