using Xunit;

namespace PgSecurity.Core.Tests.Validation;

/// <summary>A test that needs a program of <see cref="ValidatorProgram"/>: without it, it is left out and counted.</summary>
public sealed class ValidatorFactAttribute : FactAttribute
{
    public ValidatorFactAttribute(string program) => Skip = ValidatorProgram.SkipReason(program);
}

/// <summary>A test with data that needs one, as <see cref="ValidatorFactAttribute"/>.</summary>
public sealed class ValidatorTheoryAttribute : TheoryAttribute
{
    public ValidatorTheoryAttribute(string program) => Skip = ValidatorProgram.SkipReason(program);
}
