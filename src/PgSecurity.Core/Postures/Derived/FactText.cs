using System;
using System.Text.Json;
using PgSecurity.Core.Expressions;

namespace PgSecurity.Core.Postures.Derived;

/// <summary>
/// A fact whose JSON is written when somebody asks for it. Most conditions ask for one property that is no list, and are told
/// it from the fact.
/// </summary>
internal sealed class FactText(Fact fact, string id, string type, string name) : ResourceText
{
    public override string Id() => id;

    public override JsonElement Body() => fact.ToBody(id, type, name);

    public override bool TryRead(string property, out bool isThere, out ExpressionValue value)
    {
        FactProperty? found = fact.Find(property);
        isThere = found is not null;
        value = default;
        return found is not FactProperty known || known.TryGetValue(out value);
    }
}
