<#
.SYNOPSIS
    Builds, tests, analyses and packages PgSecurity.
.DESCRIPTION
    Build     dotnet build with warnings as errors; the repository root is an importable module afterwards.
    Test      the xunit tests; then the Pester tests on the package, where Pester is installed.
    Analyze   PSScriptAnalyzer over the module's scripts, where it is installed, and the manifest's own test.
    Package   out/PgSecurity/<version> and out/PgSecurity.<version>.zip: what is published, and what the Pester tests run on;
              out/PgSecurity.<version>.cdx.json: its bill of materials.
    Everything but Analyze and Pester also works with plain dotnet.
.EXAMPLE
    ./build.ps1 -Task Build, Test
.EXAMPLE
    ./build.ps1 -Task Package -Configuration Release
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Analyze', 'Package')]
    [string[]] $Task = @('Build', 'Test'),

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3.0

$root = $PSScriptRoot
$solution = Join-Path $root 'PgSecurity.sln'
$manifest = Join-Path $root 'PgSecurity.psd1'
$output = Join-Path $root 'out'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args -join ' ') ended with exit code $LASTEXITCODE." }
}

function Invoke-Build {
    Invoke-DotNet build $solution --nologo -v q -warnaserror -c $Configuration
}

function Invoke-Package {
    Invoke-Build
    $version = (Import-PowerShellDataFile $manifest).ModuleVersion
    $staged = Join-Path $output "PgSecurity/$version"
    if (Test-Path $output) { Remove-Item $output -Recurse -Force }
    $null = Invoke-DotNet run --project (Join-Path $root 'src/PgSecurity.Shell') --no-build -c $Configuration -- package
    Write-Verbose "Packaged $staged"
    $staged
}

function Invoke-Test {
    Invoke-DotNet test $solution --nologo --no-build -c $Configuration
    if (-not (Get-Module Pester -ListAvailable | Where-Object Version -GE '5.0')) {
        Write-Warning 'Pester 5 is not installed: the Pester tests were not run. Install it with: Install-PSResource Pester'
        return
    }

    $env:PGSECURITY_TEST_MODULE = Join-Path (Invoke-Package) 'PgSecurity.psd1'
    $settings = New-PesterConfiguration
    $settings.Run.Path = Join-Path $root 'tests/Pester'
    $settings.Run.Throw = $true
    Invoke-Pester -Configuration $settings
}

function Invoke-Analyze {
    $null = Test-ModuleManifest $manifest
    if (-not (Get-Module PSScriptAnalyzer -ListAvailable)) {
        Write-Warning 'PSScriptAnalyzer is not installed: scripts were not analysed. Install it with: Install-PSResource PSScriptAnalyzer'
        return
    }

    $scripts = @(Join-Path $root 'build.ps1') + @(Get-ChildItem (Join-Path $root 'module'), (Join-Path $root 'tests/Pester') -Recurse -Include *.ps1, *.psm1, *.psd1)
    $faults = $scripts | ForEach-Object { Invoke-ScriptAnalyzer -Path $_ -Severity Warning, Error }
    $faults
    if ($faults) { throw "$(@($faults).Count) faults in scripts." }
}

foreach ($name in $Task) {
    switch ($name) {
        'Build' { Invoke-Build }
        'Test' { Invoke-Test }
        'Analyze' { Invoke-Analyze }
        'Package' { Invoke-Package }
    }
}
