using System.Collections.Generic;
using System.Linq;
using PgSecurity.Controls;

namespace PgSecurity.Binding;

/// <summary>Completes a section of the guide.</summary>
public sealed class SectionCompleter : NameCompleter
{
    private protected override IEnumerable<KeyValuePair<string, string>> Names(ControlLibrary library) =>
        library.Catalog.Controls
            .GroupBy(control => control.Section)
            .Select(section => new KeyValuePair<string, string>(section.Key, $"{section.Count()} controls"));
}
