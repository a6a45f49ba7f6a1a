# Two estates in one process, at once, as ForEach-Object -Parallel and thread jobs of a full PowerShell have them.
BeforeDiscovery { $hasThreadJobs = [bool] (Get-Command Start-ThreadJob -ErrorAction Ignore) }

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $sample = Join-Path (Get-Module PgSecurity).ModuleBase 'module/Samples/contoso.ndjson'
    if (-not (Test-Path $sample)) { $sample = Join-Path $PSScriptRoot '../../module/Samples/contoso.ndjson' }

    # The first two of each estate are its own, the third has the same id in both, and another tag.
    $names = @('psql-basket-prod', 'psql-geo-prod'), @('wingtip-games', 'wingtip-main')
    $lines = Get-Content $sample
    $estates = foreach ($number in 0, 1) {
        $path = Join-Path $TestDrive "estate-$number.ndjson"
        $own = foreach ($name in $names[$number]) { @($lines | Where-Object { ($_ | ConvertFrom-Json -Depth 64).server.name -eq $name })[0] }
        $shared = @($lines | Where-Object { ($_ | ConvertFrom-Json -Depth 64).server.name -eq 'psql-tills-prod' })[0]
        Set-Content $path ($own + $shared)
        $path
    }

    $meeting = [Threading.Barrier]::new(2)
    $work = {
        param($number, $estate, $journal, $manifest, $meeting)
        $ErrorActionPreference = 'Continue'
        function Meet { if (-not $meeting.SignalAndWait([TimeSpan]::FromMinutes(5))) { throw "Estate $number waits for the other in vain." } }
        Import-Module $manifest
        $seen = [ordered] @{ Number = $number; Before = Get-PgSecurityContext }
        Meet
        $seen.Source = (Connect-PgSecurity -Sandbox -Snapshot $estate).Source
        Meet
        $seen.Servers = @(Get-PgServer | ForEach-Object ServerName)
        Meet
        # Completion remembers the names of the connection: each has its own.
        $seen.Completed = @([Management.Automation.CommandCompletion]::CompleteInput('Get-PgServer -ServerName ', 25, $null).CompletionMatches | ForEach-Object CompletionText)
        $seen.Found = @(Get-PgSecurityFinding -ErrorAction SilentlyContinue)
        Meet
        $control = if ($number) { 'DAT-002' } else { 'LOG-011' }
        $seen.Changes = @(Get-PgServer | Repair-PgSecurityFinding -Control $control -JournalPath $journal -AllowConnectivityLoss)
        Meet
        $seen.After = @(Get-PgSecurityFinding -Control LOG-011, DAT-002 -IncludePassed)
        $seen.Journaled = @(Get-PgSecurityChange -JournalPath $journal)
        $seen.MostRecent = @(Get-PgServer -ServerName 'no-such-server' -ErrorAction SilentlyContinue -ErrorVariable missing -WarningAction SilentlyContinue)
        $seen.Errors = @($missing | ForEach-Object { "$_" })
        Meet
        $seen.Undone = @($seen.Changes | Where-Object Status -EQ Changed | Undo-PgSecurityChange -JournalPath $journal -AllowConnectivityLoss)
        if ($number) { Disconnect-PgSecurity }
        Meet
        $seen.End = Get-PgSecurityContext
        $seen.AfterUndo = @(Get-PgSecurityChange -JournalPath $journal)
        [pscustomobject] $seen
    }

    function Assert-Apart($seen) {
        $seen.Count | Should -Be 2
        foreach ($own in $seen) {
            $number = $own.Number
            $expected = @($names[$number]) + 'psql-tills-prod' | Sort-Object
            $own.Before | Should -BeNullOrEmpty
            $own.Source | Should -Be "sandbox: $($estates[$number])"
            $own.Servers | Sort-Object | Should -Be $expected
            $own.Completed | Sort-Object | Should -Be $expected
            $own.Found.ServerName | Sort-Object -Unique | Should -Be $expected
            $own.Changes.Status | Sort-Object -Unique | Should -Not -Contain 'Failed'
            @($own.Changes | Where-Object Status -EQ Changed).Count | Should -BeGreaterThan 0
            $own.Changes.ServerName | Sort-Object -Unique | ForEach-Object { $_ | Should -BeIn $expected }
            $own.Journaled.ChangeId | Sort-Object | Should -Be (@($own.Changes | Where-Object ChangeId).ChangeId | Sort-Object)

            # The server that both have fails both controls in both; each sandbox has the repair that was made in it, and not the other's.
            $repaired = if ($number) { 'DAT-002' } else { 'LOG-011' }
            foreach ($finding in $own.After | Where-Object ServerName -EQ 'psql-tills-prod') {
                if ($finding.ControlId -eq $repaired) { $finding.Outcome | Should -Be 'Pass' }
                else { $finding.Outcome | Should -Be (@($own.Found | Where-Object { $_.ServerName -eq 'psql-tills-prod' -and $_.ControlId -eq $finding.ControlId }).Outcome ?? 'Pass') }
            }

            ($own.Errors -join ' ') | Should -Not -Match ($names[1 - $number] -join '|')
            $own.Undone.Status | Sort-Object -Unique | Should -Be 'Changed'
            @($own.AfterUndo | Where-Object Undoes).Count | Should -Be $own.Undone.Count
            if ($number) { $own.End | Should -BeNullOrEmpty } else { $own.End.Source | Should -Be $own.Source }
        }

        Get-PgSecurityContext | Should -BeNullOrEmpty
    }
}

AfterAll { $meeting.Dispose() }

Describe 'Two estates at once in one process' {
    It 'ForEach-Object -Parallel: neither sees the other' {
        $script = $work.ToString()
        $manifestPath = $manifest
        $seen = 0, 1 | ForEach-Object -ThrottleLimit 2 -Parallel {
            $number = $_
            $paths = $using:estates
            & ([scriptblock]::Create($using:script)) $number $paths[$number] (Join-Path $using:TestDrive "parallel-$number") $using:manifestPath $using:meeting
        }
        Assert-Apart @($seen)
    }

    It 'Start-ThreadJob: neither sees the other' -Skip:(-not $hasThreadJobs) {
        $jobs = foreach ($number in 0, 1) {
            Start-ThreadJob -ThrottleLimit 2 -ScriptBlock ([scriptblock]::Create($work.ToString())) -ArgumentList $number, $estates[$number], (Join-Path $TestDrive "job-$number"), $manifest, $meeting
        }
        $seen = $jobs | Receive-Job -Wait -AutoRemoveJob
        Assert-Apart @($seen)
    }

    It 'two audits of one estate write the same page' {
        try {
            $null = Connect-PgSecurity -Sandbox
            $pages = foreach ($time in 1, 2) { Get-PgSecurityFinding -IncludePassed -IncludeNotApplicable -ErrorAction SilentlyContinue | Export-PgSecurityReport -Format Markdown }
            # The line below the title has the time.
            ($pages[0] -split "`n" | Select-Object -Skip 3) -join "`n" | Should -Be (($pages[1] -split "`n" | Select-Object -Skip 3) -join "`n")
        }
        finally { Disconnect-PgSecurity }
    }
}
