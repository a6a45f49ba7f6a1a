using Xunit;

namespace PgSecurity.Report.Tests.Browser;

/// <summary>
/// A test that needs a Chromium: on a machine that has none, a run by hand names and counts it; in CI it fails.
/// </summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = Chromium.SkipReason;
}

/// <summary>A test with data that needs a Chromium, as <see cref="BrowserFactAttribute"/>.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute() => Skip = Chromium.SkipReason;
}
