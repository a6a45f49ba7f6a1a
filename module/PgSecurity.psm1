# Loads the cmdlets and does nothing else. Parses on Windows PowerShell 5.1.

$onCore = $PSVersionTable.PSEdition -eq 'Core'
if ($onCore -and $PSVersionTable.PSVersion -lt [version]'7.4') {
    throw "PgSecurity needs PowerShell 7.4 or later, or Windows PowerShell 5.1; this is $($PSVersionTable.PSVersion). Install a supported PowerShell: https://aka.ms/powershell"
}

$framework = if ($onCore) { 'net8.0' } else { 'netstandard2.0' }
$bin = [IO.Path]::Combine([IO.Path]::GetDirectoryName($PSScriptRoot), 'bin', $framework)
if (-not [IO.File]::Exists([IO.Path]::Combine($bin, 'PgSecurity.dll'))) {
    throw "PgSecurity.dll is not in '$bin'. In a clone of the repository, run 'dotnet build' first; an installed module is damaged and must be installed again."
}

# Only this assembly, with the types a user can touch, is shared with other modules. Its name is read from FullName: a
# member called Name is one that type files extend, and for each of those the engine keeps the types of up to 128 runspaces
# that have long been closed.
$file = [IO.Path]::Combine($bin, 'PgSecurity.Abstractions.dll')
$shared = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.FullName.StartsWith('PgSecurity.Abstractions,') }
if (-not $shared) {
    $null = [Reflection.Assembly]::LoadFrom($file)
}
elseif (@($shared)[0].GetName().Version -ne [Reflection.AssemblyName]::GetAssemblyName($file).Version) {
    throw "Another version of PgSecurity was loaded into this process. Start a new session to use the one in '$bin'."
}

$cmdlets = Import-Module -Assembly ([PgSecurity.Loading.ModuleLoader]::Load($bin)) -PassThru
$module = $ExecutionContext.SessionState.Module

# A second Import-Module -Force finds the inner module cached and exports nothing (PowerShell/PowerShell#20710), and its
# cmdlets no longer know where their help is.
if ($onCore) {
    $export = [Management.Automation.PSModuleInfo].GetMethod('AddExportedCmdlet', [Reflection.BindingFlags]'Instance, NonPublic')
    $helpFile = [Management.Automation.CmdletInfo].GetProperty('HelpFile')
    $help = [IO.Path]::Combine($bin, 'en-US', 'PgSecurity.dll-Help.xml')
    foreach ($cmdlet in $cmdlets.ExportedCmdlets.Values) {
        $helpFile.SetValue($cmdlet, $help)
        $null = $export.Invoke($module, @(, $cmdlet))
    }
}

$module.OnRemove = { [PgSecurity.Loading.ModuleLoader]::Unload($bin) }.GetNewClosure()
