using System;
using System.Collections.Generic;
using System.Linq;
using PgSecurity.Pipeline;

namespace PgSecurity.Binding;

/// <summary>Completes the name of a server that the connection sees; where it is, is the tool tip.</summary>
public sealed class ServerNameCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Names(RunspaceState state, string typed) =>
        state.Connection is null
            ? []
            : state.Connection.Names.Get().Servers
                .GroupBy(server => server.Name, StringComparer.OrdinalIgnoreCase)
                .Select(server => new KeyValuePair<string, string>(server.Key, string.Join(Environment.NewLine, server.Select(id => id.Value))));
}
