package wildcat.simulator;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// The command line of the simulator.
///
/// @param phones push names of the accounts that exist from the start
/// @param help whether only the usage is wanted
record Options(Settings settings, List<String> phones, boolean help) {
  static final int DEFAULT_PORT = 8089;

  static final String USAGE =
      """
      Usage: ./wildcat simulate [--port N] [--host ADDRESS] [--seed N] [--phone NAME]...

        --port N       port to listen on, 0 for a free one (default 8089)
        --host ADDRESS address to listen on (default 127.0.0.1)
        --seed N       seed of all keys and numbers (default 1)
        --phone NAME   create an account with that push name; may be repeated
        --help         show this
      """;

  Options {
    phones = List.copyOf(phones);
  }

  /// A command line that cannot be used.
  static final class Unusable extends Exception {
    private static final long serialVersionUID = 1;

    Unusable(String message) {
      super(message);
    }
  }

  static Options parse(List<String> arguments) throws Unusable {
    var settings = Settings.defaults().withPort(DEFAULT_PORT);
    var phones = new ArrayList<String>();
    Iterator<String> words = arguments.iterator();
    while (words.hasNext()) {
      String option = words.next();
      if (option.equals("--help") || option.equals("-h")) {
        return new Options(settings, phones, true);
      }
      if (!List.of("--port", "--host", "--seed", "--phone").contains(option)) {
        throw new Unusable("unknown option " + option);
      }
      if (!words.hasNext()) {
        throw new Unusable(option + " needs a value");
      }
      String value = words.next();
      settings =
          switch (option) {
            case "--port" -> settings.withPort((int) number(option, value, 0, 65_535));
            case "--host" -> settings.withHost(value);
            case "--seed" ->
                settings.withSeed(number(option, value, Long.MIN_VALUE, Long.MAX_VALUE));
            default -> settings;
          };
      if (option.equals("--phone")) {
        phones.add(value);
      }
    }
    return new Options(settings, phones, false);
  }

  private static long number(String option, String value, long min, long max) throws Unusable {
    try {
      long number = Long.parseLong(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new Unusable(option + " needs a number");
    }
    throw new Unusable(option + " must be within " + min + ".." + max);
  }
}
