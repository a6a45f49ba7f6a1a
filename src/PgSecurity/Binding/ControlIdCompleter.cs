using System.Collections.Generic;
using System.Linq;
using PgSecurity.Pipeline;

namespace PgSecurity.Binding;

/// <summary>Completes the id of a control; the title is the tool tip.</summary>
public sealed class ControlIdCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Names(RunspaceState state, string typed) =>
        state.Library.Catalog.Controls.Select(control => new KeyValuePair<string, string>(control.Id, $"{control.Title} ({control.Severity})"));
}
