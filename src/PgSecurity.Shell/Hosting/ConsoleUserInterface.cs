using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace PgSecurity.Shell.Hosting;

/// <summary>
/// Output to standard output, errors and warnings to standard error, so that a pipeline's output can be redirected
/// alone. Questions are asked on a terminal only; elsewhere they fail, saying how to do without.
/// </summary>
internal sealed class ConsoleUserInterface : PSHostUserInterface
{
    private readonly ConsoleRawUserInterface _raw = new();

    public override PSHostRawUserInterface RawUI => _raw;

    public override bool SupportsVirtualTerminal => Terminal.HasColour;

    public override void Write(string value) => Console.Out.Write(Plain(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) => Console.Out.Write(Plain(value));

    public override void WriteLine(string value) => Console.Out.WriteLine(Plain(value));

    public override void WriteErrorLine(string value) => Console.Error.WriteLine(GetOutputString(value, Terminal.HasColour && !Console.IsErrorRedirected));

    public override void WriteWarningLine(string message) => Console.Error.WriteLine("WARNING: " + message);

    public override void WriteVerboseLine(string message) => Console.Error.WriteLine("VERBOSE: " + message);

    public override void WriteDebugLine(string message) => Console.Error.WriteLine("DEBUG: " + message);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (!Terminal.HasColour || Console.IsErrorRedirected) return;
        if (record.RecordType == ProgressRecordType.Completed)
        {
            Console.Error.Write("\r\u001b[K");
            return;
        }

        string line = $"{record.Activity}: {record.StatusDescription}";
        int room = Math.Max(1, Terminal.Width - 1);
        Console.Error.Write("\r\u001b[K" + (line.Length > room ? line[..room] : line) + "\r");
    }

    public override string ReadLine()
    {
        RequireTerminal();
        return Console.ReadLine() ?? "";
    }

    public override SecureString ReadLineAsSecureString()
    {
        RequireTerminal();
        SecureString secret = new();
        for (ConsoleKeyInfo key = Console.ReadKey(true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(true))
        {
            if (key.Key == ConsoleKey.Backspace && secret.Length > 0) secret.RemoveAt(secret.Length - 1);
            else if (key.Key != ConsoleKey.Backspace && key.KeyChar != '\0') secret.AppendChar(key.KeyChar);
        }

        Console.WriteLine();
        secret.MakeReadOnly();
        return secret;
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        RequireTerminal();
        WriteHeading(caption, message);
        Dictionary<string, PSObject> answers = new(StringComparer.OrdinalIgnoreCase);
        foreach (FieldDescription field in descriptions)
        {
            Write(field.Name + ": ");
            bool secret = field.ParameterTypeFullName == typeof(SecureString).FullName;
            answers[field.Name] = PSObject.AsPSObject(secret ? ReadLineAsSecureString() : ReadLine());
        }

        return answers;
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RequireTerminal();
        WriteHeading(caption, message);
        while (true)
        {
            foreach (ChoiceDescription choice in choices)
            {
                Write($"[{KeyOf(choice)}] {choice.Label.Replace("&", "", StringComparison.Ordinal)}  ");
            }

            string answer = ReadLine().Trim();
            if (answer.Length == 0 && defaultChoice >= 0) return defaultChoice;
            for (int index = 0; index < choices.Count; index++)
            {
                if (string.Equals(answer, KeyOf(choices[index]), StringComparison.OrdinalIgnoreCase)) return index;
            }
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName)
    {
        RequireTerminal();
        WriteHeading(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            Write("User: ");
            userName = ReadLine();
        }

        Write("Password: ");
        return new PSCredential(userName, ReadLineAsSecureString());
    }

    public override PSCredential PromptForCredential(
        string caption,
        string message,
        string userName,
        string targetName,
        PSCredentialTypes allowedCredentialTypes,
        PSCredentialUIOptions options) => PromptForCredential(caption, message, userName, targetName);

    /// <summary>Formatting decorates its text; a file gets it plain.</summary>
    private static string Plain(string value) => GetOutputString(value, Terminal.HasColour);

    private static string KeyOf(ChoiceDescription choice)
    {
        int mark = choice.Label.IndexOf('&', StringComparison.Ordinal);
        return mark >= 0 && mark + 1 < choice.Label.Length ? choice.Label.Substring(mark + 1, 1) : choice.Label;
    }

    private static void RequireTerminal()
    {
        if (!Terminal.IsInteractive)
        {
            throw new HostException(
                "There is nobody to answer: input or output is not a terminal. Give every mandatory parameter, and "
                + "-Confirm:$false where a change shall be made without asking.");
        }
    }

    private void WriteHeading(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption)) WriteLine(caption);
        if (!string.IsNullOrEmpty(message)) WriteLine(message);
    }
}
