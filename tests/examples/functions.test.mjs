// The examples that are functions of a cloud.
import { suiteOf } from './suite.mjs';

for (const name of ['aws-lambda', 'tencent-scf', 'cloudbase', 'alibaba-fc']) suiteOf(name);
