// The examples that are functions of a cloud.
import { suiteOf } from './suite.mjs';

const clouds = ['aws-lambda', 'tencent-scf', 'cloudbase', 'alibaba-fc'];
for (const name of [...clouds, 'vercel-nodejs', 'vercel-edge']) suiteOf(name);
