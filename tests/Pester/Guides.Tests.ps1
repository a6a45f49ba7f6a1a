BeforeDiscovery {
    $guides = foreach ($name in 'first-hour', 'bulk-remediation', 'ci-gate', 'coming-from', 'custom-controls', 'sovereign-clouds') { @{ Guide = "$name.md" } }
}

BeforeAll {
    . (Join-Path $PSScriptRoot 'Common.ps1')
    $folder = Join-Path $PSScriptRoot '../../docs/guides'
    $files = @{ 'bulk-remediation.md' = @('parameters.json'); 'custom-controls.md' = @('values.json', 'policies/owner.json') }
    $template = '{ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", "resources": [ { "type": "Microsoft.DBforPostgreSQL/flexibleServers", "apiVersion": "2025-08-01", "name": "psql-new", "location": "westeurope", "sku": { "name": "Standard_D4ds_v5", "tier": "GeneralPurpose" }, "properties": { "version": "17" } } ] }'

    # The fenced blocks of a page, in order: language and text.
    function Get-Block([string] $Text) {
        [regex]::Matches($Text, '(?sm)^```(?<language>\w+)\r?\n(?<text>.*?)\r?\n```') | ForEach-Object {
            [pscustomobject] @{ Language = $_.Groups['language'].Value; Text = $_.Groups['text'].Value }
        }
    }

    # What is shown, as lines without space at their ends and without empty ones.
    function Get-ShownLine([string] $Text) { $Text -split '\r?\n' | ForEach-Object { $_.TrimEnd() } | Where-Object { $_ } }
}

Describe 'The guide <Guide>' -ForEach $guides {
    It 'runs as it stands, and shows what it says' {
        $blocks = @(Get-Block (Get-Content (Join-Path $folder $Guide) -Raw))
        $place = Join-Path $TestDrive ([Guid]::NewGuid())
        $null = New-Item -ItemType Directory $place
        Push-Location $place
        try {
            Copy-Item (Join-Path $PSScriptRoot '../../module/Samples/contoso.ndjson') estate.ndjson
            Set-Content main.json $template
            $json = @($blocks | Where-Object Language -EQ json)
            for ($at = 0; $at -lt $json.Count; $at++) {
                $null = New-Item -ItemType File -Force $files[$Guide][$at]
                Set-Content $files[$Guide][$at] $json[$at].Text
            }

            $output = ''
            foreach ($block in $blocks) {
                if ($block.Language -eq 'powershell') {
                    $script = $block.Text.Replace('./PgSecurity.psd1', "'$manifest'") -replace '(?m)^Connect-PgSecurity( -Cloud \w+)?\r?$', 'Connect-PgSecurity -Sandbox'
                    # Line by line, as at a prompt, where each shows its own output.
                    $statements = [Management.Automation.Language.Parser]::ParseInput($script, [ref] $null, [ref] $null).EndBlock.Statements
                    $output = ''
                    foreach ($statement in $statements) {
                        $output += . ([scriptblock]::Create($statement.Extent.Text)) 2>&1 3>$null | ForEach-Object {
                            if ($_ -is [Management.Automation.ErrorRecord]) {
                                # What the sample estate says that its auditors may not read.
                                $_.FullyQualifiedErrorId | Should -Match '^(ServerPartly|Shared|ServerNotFound)' -Because "$_ in $($block.Text)"
                            }
                            else { $_ }
                        } | Out-String -Width 80
                    }
                }
                elseif ($block.Language -eq 'text') {
                    $lines = @(Get-ShownLine $output)
                    foreach ($line in Get-ShownLine $block.Text) { $lines | Should -Contain $line }
                }
            }
        }
        finally {
            Disconnect-PgSecurity
            Pop-Location
        }
    }
}
