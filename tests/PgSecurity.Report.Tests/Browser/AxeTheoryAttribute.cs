using PgSecurity.Core.Tests.Validation;
using Xunit;

namespace PgSecurity.Report.Tests.Browser;

/// <summary>A test with data that needs a Chromium and the axe accessibility engine: without one of them it is left out and counted.</summary>
public sealed class AxeTheoryAttribute : TheoryAttribute
{
    public AxeTheoryAttribute() => Skip = Chromium.SkipReason ?? ValidatorProgram.SkipReason(ValidatorProgram.Axe);
}
