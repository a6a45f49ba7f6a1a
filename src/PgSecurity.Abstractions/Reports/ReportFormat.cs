namespace PgSecurity;

/// <summary>The formats that findings can be reported in.</summary>
public enum ReportFormat
{
    /// <summary>One self-contained page for people.</summary>
    Html,

    /// <summary>A page for a pull request, a wiki or an issue.</summary>
    Markdown,

    /// <summary>A table, RFC 4180.</summary>
    Csv,

    /// <summary>Everything, by a schema of our own that has a version.</summary>
    Json,

    /// <summary>SARIF 2.1.0, for code scanning.</summary>
    Sarif,

    /// <summary>JUnit's XML, for the test results of a build.</summary>
    JUnit,

    /// <summary>OSCAL assessment results, for governance tools.</summary>
    Oscal,
}
