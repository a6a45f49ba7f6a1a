BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $null = Connect-PgSecurity -Sandbox
    $id = (Get-PgServer -ServerName psql-basket-prod).ResourceId
}
AfterAll { Disconnect-PgSecurity }

Describe 'Repair-PgSecurityFinding' {
    It 'plans without sending' {
        $plan = Get-PgSecurityFinding -ResourceId $id | Repair-PgSecurityFinding -PlanOnly -JournalPath $TestDrive
        $plan | Should -Not -BeNullOrEmpty
        ($plan | Where-Object WillApply -EQ $false).Guard | Should -Not -BeNullOrEmpty
        Get-PgSecurityChange -JournalPath $TestDrive | Should -BeNullOrEmpty
    }

    It 'shows what it would do with -WhatIf' {
        Repair-PgSecurityFinding -ResourceId $id -Control LOG-011 -WhatIf -JournalPath $TestDrive | Should -BeNullOrEmpty
        (Get-PgSecurityFinding -ResourceId $id -Control LOG-011).Outcome | Should -Be 'Fail'
    }

    It 'shows why a change was refused, in 80 columns' {
        $text = Repair-PgSecurityFinding -ResourceId $id -Control DAT-002 -JournalPath $TestDrive | Out-String -Width 80
        $text -replace '\s', '' | Should -Match 'Skipped.*connectivityLoss:'
        $text -split "`n" | ForEach-Object { $_.TrimEnd().Length | Should -BeLessOrEqual 80 }
    }

    It 'repairs and verifies' {
        $change = Get-PgSecurityFinding -ResourceId $id -Control LOG-011 | Repair-PgSecurityFinding -JournalPath $TestDrive
        $change.Status | Should -Be 'Changed'
        $change.Verdict | Should -Be 'LOG-011: Pass'
    }
}
