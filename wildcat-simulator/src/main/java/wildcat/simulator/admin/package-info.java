/// HTTP for tests and people: phones, faults, and a view into what happened.
@org.jspecify.annotations.NullMarked
package wildcat.simulator.admin;
