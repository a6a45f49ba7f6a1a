using System.Collections.Generic;

namespace PgSecurity.Endurance.Rounds;

/// <summary>
/// The rounds there are. Scripts read no member that type files extend, such as Status, Count or Name: for each of those the
/// engine keeps the types of up to 128 runspaces that were closed, whatever the module does.
/// </summary>
internal static class RoundCatalogue
{
    private const string Connect = "$null = Connect-PgSecurity -Endpoint $address -AccessToken $token\n";

    /// <summary>Failing controls whose repair is taken back whole.</summary>
    private const string Reversible = "'LOG-005', 'LOG-011', 'DAT-002', 'NET-006'";

    private const string Repair =
        $"$changes = @(Get-PgServer 'psql-s*', 'wingtip-*' | Repair-PgSecurityFinding -Control {Reversible} -JournalPath \"$folder/journal\" -AllowConnectivityLoss -WarningAction SilentlyContinue)\n";

    private const string Undo = """
        $null = Get-PgSecurityChange -InDoubt -JournalPath "$folder/journal"
        $left = Get-PgSecurityChange -JournalPath "$folder/journal" -Status Changed, RestartRequired | Where-Object { -not $_.Undoes } |
            Undo-PgSecurityChange -JournalPath "$folder/journal" -AllowConnectivityLoss |
            Where-Object { "$_" -notlike 'Changed:*' -and "$_" -notlike 'AlreadyCompliant:*' } | ForEach-Object { "$_ $($_.Reason)" }
        "left: $left"
        """;

    /// <summary>All rounds; each has the same chance.</summary>
    public static IReadOnlyList<Round> All { get; } =
    [
        // A whole audit, of which the verdicts are compared with those of the first one: what came between has left nothing.
        new("audit", Connect + Verdicts("Get-PgSecurityFinding -IncludePassed -ErrorAction SilentlyContinue") + "\nDisconnect-PgSecurity"),
        new("audit at a prompt that stays open", Connect + Verdicts("Get-PgSecurityFinding -IncludePassed -ErrorAction SilentlyContinue"), KeepsRunspace: true),
        new("connection that is dropped", Connect + "$null = Get-PgServer; $null = Get-PgSecurityFinding -ServerName psql-basket-prod; 'done'", Expected: "done"),
        new("connection after connection", Connect + Connect + Connect + "$null = Get-PgServer; $null = Get-PgSecurityContext; 'done'", Expected: "done", KeepsRunspace: true),
        new("pipeline that breaks", Connect + "Get-PgSecurityFinding -ErrorAction SilentlyContinue | ForEach-Object { throw 'enough' }", Ending.Thrown),
        new("repair and undo", Connect + Repair + "if (\"$changes\" -notlike '*Changed:*') { throw 'nothing was changed' }\n" + Undo, Expected: "left: "),
        new("audit that is stopped", Connect + "Get-PgSecurityFinding -IncludePassed -ErrorAction SilentlyContinue", Ending.Stopped),
        new("repair that is stopped", Connect + Repair, Ending.Stopped, Expected: "left: ", Then: Connect + Repair + Undo),
        new("undo that is stopped", Connect + Repair + Undo, Ending.Stopped, Expected: "left: ", Then: Connect + Repair + Undo),
        new("rehearsal", "$null = Connect-PgSecurity -Sandbox\n" + Repair + "$null = Get-PgSecurityFinding -ErrorAction SilentlyContinue; 'done'", Expected: "done"),
        new("reports of a file", """
            Get-PgSecurityFinding -Sample -IncludePassed | Export-PgSecurityReport -Path "$folder/report.csv"
            Get-PgSecurityFinding -Sample | Export-PgSecurityReport -Path "$folder/report.html"
            Get-PgSecurityFinding -Sample | Export-PgSecurityReport -Path "$folder/report.sarif"
            'done'
            """, Expected: "done"),
        new("snapshot", Connect + """
            Export-PgSecuritySnapshot -Path "$folder/estate.ndjson.gz" -ErrorAction SilentlyContinue
            if (@(Get-PgSecurityFinding -Path "$folder/estate.ndjson.gz")[100]) { 'done' }
            """, Expected: "done"),
        new("runspaces side by side", """
            1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
                Import-Module $using:manifest
                $null = Connect-PgSecurity -Endpoint $using:address -AccessToken $using:token
                $null = Get-PgSecurityFinding -ServerName psql-basket-prod, wingtip-main
                if ($_ % 2) { Disconnect-PgSecurity }
            }
            'done'
            """, Expected: "done"),
        new("servers that drop connections", """
            $null = Test-PgTlsConnection 127.0.0.1 -Port $doorstep -TimeoutSeconds 2 -ErrorAction SilentlyContinue
            $login = [Management.Automation.PSCredential]::new('auditor', $token)
            $null = Get-PgSecurityFinding -Server 127.0.0.1 -Port $doorstep -Credential $login -ErrorAction SilentlyContinue
            'done'
            """, Expected: "done"),
        new("probe that is stopped", "Test-PgTlsConnection 127.0.0.1 -Port $doorstep -TimeoutSeconds 30", Ending.Stopped),
    ];

    /// <summary>Every verdict, sorted, as one text.</summary>
    private static string Verdicts(string audit) =>
        $$"""
        $verdicts = [Collections.Generic.SortedSet[string]]::new([StringComparer]::Ordinal)
        {{audit}} | ForEach-Object { $null = $verdicts.Add("$($_.ControlId) $($_.ServerName) $($_.Outcome)") }
        "verdicts:`n" + [string]::Join("`n", $verdicts)
        """;
}
