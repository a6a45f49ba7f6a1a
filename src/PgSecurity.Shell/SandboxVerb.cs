using System;
using System.IO;
using System.Net.Sockets;
using PgSecurity.Sandbox.Fronts;

namespace PgSecurity.Shell;

/// <summary>Serves the sandbox over HTTP on loopback until somebody ends it.</summary>
internal sealed class SandboxVerb
{
    private readonly SandboxArguments _arguments;
    private readonly TextWriter _output;
    private readonly TextWriter _advice;

    /// <summary>Makes it.</summary>
    /// <param name="arguments">The options.</param>
    /// <param name="output">Gets the address, alone on a line.</param>
    /// <param name="advice">Gets what a person wants to know, and why it cannot start.</param>
    public SandboxVerb(SandboxArguments arguments, TextWriter output, TextWriter advice)
    {
        _arguments = arguments;
        _output = output;
        _advice = advice;
    }

    /// <summary>Serves until Ctrl+C, a request to end, or the end of standard input.</summary>
    /// <returns>The exit code.</returns>
    public int Run()
    {
        using ServingTime time = new();
        try
        {
            using SandboxHttpServer server = SandboxHttpServer.Start(_arguments.Snapshot ?? ModuleLocation.SampleEstate(), _arguments.Port);
            time.Begin();
            _output.WriteLine(server.Address.AbsoluteUri);
            _output.Flush();
            Advise(server.Address);
            time.WaitForEnd();
            return ExitCode.Success;
        }
        catch (SocketException taken)
        {
            _advice.WriteLine($"Port {_arguments.Port} on this machine cannot be used: {taken.Message}. Choose another, or 0 for any that is free.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException)
        {
            _advice.WriteLine($"{unreadable.Message} Give a snapshot that Export-PgSecuritySnapshot wrote.");
        }

        return ExitCode.Error;
    }

    private void Advise(Uri address)
    {
        _advice.WriteLine("It answers as Azure Resource Manager and Microsoft Graph do, to any token. Ctrl+C ends it. In PowerShell:");
        _advice.WriteLine($"  Connect-PgSecurity -Endpoint {address.AbsoluteUri} -AccessToken (ConvertTo-SecureString any -AsPlainText -Force)");
    }
}
