// Binds queries with Microsoft's Kusto language service and prints what it finds wrong, a JSON array of texts.
// usage: node parse-queries.js <folder of the language service> < queries.json
const path = require('path');
const folder = process.argv[2];
require(path.join(folder, 'bridge.min.js'));
require(path.join(folder, 'Kusto.Language.Bridge.min.js'));

// Resource Graph's columns: learn.microsoft.com/azure/governance/resource-graph/concepts/query-language.
const { Symbols, GlobalState, KustoCode } = Kusto.Language;
const columns = {
  id: 'String', name: 'String', type: 'String', tenantId: 'String', kind: 'String', location: 'String', resourceGroup: 'String',
  subscriptionId: 'String', managedBy: 'String', sku: 'Dynamic', plan: 'Dynamic', properties: 'Dynamic', tags: 'Dynamic',
  identity: 'Dynamic', zones: 'Dynamic', extendedLocation: 'Dynamic',
};
const table = name => new Symbols.TableSymbol.$ctor4(
  name, Object.entries(columns).map(([column, type]) => new Symbols.ColumnSymbol(column, Symbols.ScalarTypes[type], null, null, null, null)));
const database = new Symbols.DatabaseSymbol.$ctor1('resourcegraph', [table('resources'), table('securityresources')], false);
const globals = GlobalState.Default.WithDatabase(database);

const faults = [];
for (const query of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
  const found = KustoCode.ParseAndAnalyze(query, globals).GetDiagnostics();
  for (let i = 0; i < found.Count; i++) {
    const fault = found.getItem(i);
    faults.push(`${fault.Code} at ${fault.Start}: ${fault.Message} (${query.substr(fault.Start, 60)})`);
  }
}

console.log(JSON.stringify(faults));
