using Xunit;

namespace PgSecurity.Core.Tests.Validation;

/// <summary>A test that needs schemas of <see cref="OfficialSchema"/>: without them it is left out and counted.</summary>
public sealed class OfficialSchemaFactAttribute : FactAttribute
{
    public OfficialSchemaFactAttribute(params string[] names) => Skip = OfficialSchema.SkipReason(names);
}

/// <summary>A test with data that needs them, as <see cref="OfficialSchemaFactAttribute"/>.</summary>
public sealed class OfficialSchemaTheoryAttribute : TheoryAttribute
{
    public OfficialSchemaTheoryAttribute(params string[] names) => Skip = OfficialSchema.SkipReason(names);
}
