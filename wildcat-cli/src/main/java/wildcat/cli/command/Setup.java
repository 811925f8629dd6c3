package wildcat.cli.command;

import wildcat.cli.output.Console;
import wildcat.cli.rest.Settings;

/// What every command is given.
///
/// @param console  where it prints
/// @param settings the environment and the server's `.env`
/// @param pace     how it waits
public record Setup(Console console, Settings settings, Pace pace) {}
