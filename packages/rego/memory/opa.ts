/** The module's own allocator. It aborts where it may have no more memory. */
export declare function malloc(bytes: usize): usize

/** What is left of the evaluation's fuel, which the module counts down too. */
export declare let fuel: i32
