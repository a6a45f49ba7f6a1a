using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

// Runs a script in an engine of its own process, into which nothing of the module has been loaded: load contexts
// cannot be emptied, so each question about them needs a process.
using Runspace runspace = RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2());
runspace.Open();
using PowerShell script = PowerShell.Create(runspace);
script.AddScript(File.ReadAllText(args[0]));
foreach (PSObject line in script.Invoke())
{
    Console.WriteLine(line);
}

foreach (ErrorRecord error in script.Streams.Error)
{
    Console.Error.WriteLine(error);
}

return script.HadErrors ? 1 : 0;
