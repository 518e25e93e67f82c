// Reads one bundle a line from standard input, and prints for each what two validators find wrong with it, as JSON.
// Neither needs a network.
const Schema = require("@asymmetrik/fhir-json-schema-validator");
const { Fhir } = require("fhir");

const schema = new Schema();
const fhir = new Fhir();

function judge(line) {
  const bundle = JSON.parse(line);
  const bySchema = schema.validate(bundle).map((fault) => `schema: ${fault.dataPath} ${fault.message}`);
  const found = fhir.validate(bundle, { errorOnUnexpected: true });
  const byModel = found.messages
    .filter((fault) => fault.severity === "error" || fault.severity === "fatal")
    .map((fault) => `model: ${fault.location} ${fault.message}`);
  return [...bySchema, ...byModel, ...(found.valid || byModel.length > 0 ? [] : ["model: not valid"])];
}

const lines = require("node:fs").readFileSync(0, "utf8").split("\n").filter(Boolean);
for (const line of lines) process.stdout.write(`${JSON.stringify(judge(line))}\n`);
