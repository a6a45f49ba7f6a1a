using System.Collections.Generic;
using System.Linq;
using PgSecurity.Pipeline;

namespace PgSecurity.Binding;

/// <summary>Completes a section of the guide.</summary>
public sealed class SectionCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Names(RunspaceState state, string typed) =>
        state.Library.Catalog.Controls
            .GroupBy(control => control.Section)
            .Select(section => new KeyValuePair<string, string>(section.Key, $"{section.Count()} controls"));
}
